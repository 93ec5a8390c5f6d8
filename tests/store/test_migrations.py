from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from illodesk.store import Store
from illodesk.store.database import HEAD, MIGRATIONS
from illodesk.store.tables import Row


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
