from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from illodesk.operations import AddMarker
from illodesk.store import Problem, Store
from illodesk.store.database import HEAD, MIGRATIONS
from illodesk.store.tables import Row
from tests.store.samples import result_of


def test_the_newest_migration_is_the_one_that_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    with Store(tmp_path):
        pass
    engine = create_engine(f"sqlite:///{tmp_path / 'library.db'}")
    try:
        with engine.connect() as connection:
            known = MigrationContext.configure(
                connection,
                opts={
                    "include_name": lambda name, kind, _parents: kind != "table" or not name.startswith("utterance_fts")
                },
            )
            assert compare_metadata(known, Row.metadata) == []
    finally:
        engine.dispose()


def test_a_data_folder_may_have_any_name(tmp_path: Path) -> None:
    with Store(tmp_path / "50% ä? #1") as store:
        store.add_conversation("A talk")
    with Store(tmp_path / "50% ä? #1") as store:
        assert store.count() == 1


def test_a_library_of_the_first_version_opens_with_all_it_holds_and_takes_keys_and_edits(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{tmp_path / 'library.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        tables = set(inspect(connection).get_table_names())
        connection.exec_driver_sql(
            "INSERT INTO conversation (id, title, folded, created_at, source_name, media_name, purpose, region, "
            "consent, state, error, project, notes) VALUES ('analysis_0123456789', 'An old talk', 'an old talk', "
            "'2026-01-02 03:04:05', '', '', 'research', 'eu', '', 'new', '', '', '')"
        )
    engine.dispose()
    assert "conversation" in tables
    assert not {"api_key", "edit", "trash"} & tables
    with Store(tmp_path) as store:
        assert [row.title for row in store.list_conversations()] == ["An old talk"]
        store.apply("analysis_0123456789", AddMarker(t=1.0, note="seen"))
        secret = store.keys.make("Lab laptop")[1]
    with Store(tmp_path) as store:
        assert store.keys.check(secret) is not None
        assert [marker.note for marker in store.added("analysis_0123456789").markers] == ["seen"]
        assert store.check() == [Problem(where="analysis_0123456789", what="has no folder")]


def test_what_an_older_version_took_out_of_the_index_with_the_trash_is_in_it_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        thrown, kept = keep(store, "a word that was hidden"), keep(store, "a word that was not")
        store.trash(thrown)
    database = sqlite3.connect(tmp_path / "library.db")
    database.executescript(
        "DROP VIEW current_utterance;"
        "CREATE VIEW current_utterance AS SELECT utterance.id AS id, utterance.text AS text FROM utterance "
        "JOIN run ON run.id = utterance.run_id "
        "JOIN conversation ON conversation.id = run.conversation_id AND conversation.current_run_id = run.id "
        "WHERE conversation.id NOT IN (SELECT conversation_id FROM trash);"
        "INSERT INTO utterance_fts(utterance_fts) VALUES ('rebuild');"
        "ALTER TABLE edit DROP COLUMN carried;"
        "DROP TABLE news;"
        "ALTER TABLE conversation DROP COLUMN restored_at;"
        "UPDATE alembic_version SET version_num = '0003';"
    )
    database.close()
    with Store(tmp_path) as store:
        assert store.check() == []
        assert [hit.conversation_id for hit in store.search("word")] == [kept]
        store.restore(thrown)
        assert {hit.conversation_id for hit in store.search("word")} == {kept, thrown}
        store.delete(thrown)
        assert store.check() == []


def keep(store: Store, *texts: str) -> str:
    conversation = store.add_conversation("A talk")
    store.finish_run(store.start_run(conversation.id).id, result_of(texts))
    return conversation.id
