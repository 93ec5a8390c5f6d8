<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
    <context>
        <name>FirstRun</name>
        <message>
            <source>Welcome to IlloDesk</source>
            <translation>Willkommen bei IlloDesk</translation>
        </message>
        <message>
            <source>It records or imports a conversation, writes down what was said and by whom, and shows on one timeline how it was said: how people sounded, how engaged they were, and where the talk turned.</source>
            <translation>Es nimmt ein Gespräch auf oder übernimmt eine Aufnahme, schreibt mit, was wer gesagt hat, und zeigt auf einer Zeitachse, wie es gesagt wurde: wie die Menschen klangen, wie beteiligt sie waren und wo das Gespräch sich wendete.</translation>
        </message>
        <message>
            <source>Everything happens on this machine. No recording, no transcript and no figure leaves it: there is no account, no upload and no telemetry.</source>
            <translation>Alles geschieht auf diesem Rechner. Keine Aufnahme, kein Transkript und keine Zahl verlässt ihn: Es gibt kein Konto, keinen Upload und keine Telemetrie.</translation>
        </message>
        <message>
            <source>Every figure comes with its confidence and its reasons. The built-in speech recogniser is of draft quality: read its transcripts as hints.</source>
            <translation>Jede Zahl kommt mit ihrer Sicherheit und ihren Gründen. Die eingebaute Spracherkennung hat Entwurfsqualität: Lesen Sie ihre Transkripte als Hinweise.</translation>
        </message>
        <message>
            <source>Skip all</source>
            <translation>Alles überspringen</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Zweck</translation>
        </message>
        <message>
            <source>Whose law applies</source>
            <translation>Wessen Recht gilt</translation>
        </message>
        <message>
            <source>What are your conversations for?</source>
            <translation>Wozu dienen Ihre Gespräche?</translation>
        </message>
        <message>
            <source>The purpose could not be written to the settings file.</source>
            <translation>Der Zweck konnte nicht in die Einstellungsdatei geschrieben werden.</translation>
        </message>
        <message>
            <source>Choose it again in the settings before you record.</source>
            <translation>Wählen Sie ihn in den Einstellungen erneut, bevor Sie aufnehmen.</translation>
        </message>
        <message>
            <source>Looking for microphones…</source>
            <translation>Mikrofone werden gesucht …</translation>
        </message>
        <message>
            <source>Your microphone</source>
            <translation>Ihr Mikrofon</translation>
        </message>
        <message>
            <source>The record page shows a level for every source before anything is recorded, and plays a test tone. You can also do without: drop recordings on the library.</source>
            <translation>Die Aufnahmeseite zeigt für jede Quelle einen Pegel, bevor etwas aufgenommen wird, und spielt einen Prüfton. Es geht auch ohne: Ziehen Sie Aufnahmen in die Bibliothek.</translation>
        </message>
        <message>
            <source>Skip the demo</source>
            <translation>Ohne Beispiel weiter</translation>
        </message>
        <message>
            <source>Analyse the demo conversation</source>
            <translation>Das Beispielgespräch analysieren</translation>
        </message>
        <message>
            <source>Found: {names}.</source>
            <translation>Gefunden: {names}.</translation>
        </message>
        <message>
            <source>No microphone was found. Plug one in when you want to record; the rest works.</source>
            <translation>Es wurde kein Mikrofon gefunden. Schließen Sie eines an, wenn Sie aufnehmen wollen; alles andere geht auch so.</translation>
        </message>
        <message>
            <source>Microphones cannot be listed: {reason}</source>
            <translation>Mikrofone können nicht aufgelistet werden: {reason}</translation>
        </message>
        <message>
            <source>Progress of the analysis</source>
            <translation>Fortschritt der Analyse</translation>
        </message>
        <message>
            <source>Analysing the demo conversation</source>
            <translation>Das Beispielgespräch wird analysiert</translation>
        </message>
        <message>
            <source>An interview of two minutes, spoken by a machine. This takes about half a minute, once.</source>
            <translation>Ein Interview von zwei Minuten, von einer Maschine gesprochen. Das dauert einmalig etwa eine halbe Minute.</translation>
        </message>
        <message>
            <source>Stop and go to the library</source>
            <translation>Anhalten und zur Bibliothek</translation>
        </message>
        <message>
            <source>Demo interview</source>
            <translation>Beispielinterview</translation>
        </message>
    </context>
    <context>
        <name>Law</name>
        <message>
            <source>Customer conversations</source>
            <translation>Kundengespräche</translation>
        </message>
        <message>
            <source>Research with consent</source>
            <translation>Forschung mit Einwilligung</translation>
        </message>
        <message>
            <source>Personal coaching</source>
            <translation>Persönliches Coaching</translation>
        </message>
        <message>
            <source>Medicine or safety</source>
            <translation>Medizin oder Sicherheit</translation>
        </message>
        <message>
            <source>Work, recruitment or education</source>
            <translation>Arbeit, Bewerbung oder Bildung</translation>
        </message>
        <message>
            <source>European Union</source>
            <translation>Europäische Union</translation>
        </message>
        <message>
            <source>United States</source>
            <translation>Vereinigte Staaten</translation>
        </message>
        <message>
            <source>Elsewhere</source>
            <translation>Anderswo</translation>
        </message>
        <message>
            <source>EU law (AI Act, Article 5) forbids inferring emotions from voice or face at work, in recruitment and in education: only the words and the timing are analysed, and this cannot be switched off.</source>
            <translation>EU-Recht (KI-Verordnung, Artikel 5) verbietet, bei der Arbeit, in Bewerbungen und in der Bildung Gefühle aus Stimme oder Gesicht abzuleiten: Nur Worte und Zeitverlauf werden analysiert, und das lässt sich nicht abschalten.</translation>
        </message>
        <message>
            <source>Only the words and the timing are analysed; nothing is inferred from the voice.</source>
            <translation>Nur Worte und Zeitverlauf werden analysiert; aus der Stimme wird nichts abgeleitet.</translation>
        </message>
        <message>
            <source>Words, voice and timing are analysed; people must know and agree, and what is shown is no diagnosis.</source>
            <translation>Worte, Stimme und Zeitverlauf werden analysiert; die Menschen müssen es wissen und zustimmen, und was gezeigt wird, ist keine Diagnose.</translation>
        </message>
        <message>
            <source>Words, voice and timing are analysed; people must be told that emotions are inferred (AI Act, Article 50) and agree to be recorded.</source>
            <translation>Worte, Stimme und Zeitverlauf werden analysiert; den Menschen muss gesagt werden, dass Gefühle abgeleitet werden (KI-Verordnung, Artikel 50), und sie müssen der Aufnahme zustimmen.</translation>
        </message>
        <message>
            <source>Words, voice and timing are analysed; tell people so, and record only with the consent that the law of their place asks for.</source>
            <translation>Worte, Stimme und Zeitverlauf werden analysiert; sagen Sie es den Menschen, und nehmen Sie nur mit der Einwilligung auf, die das Recht ihres Ortes verlangt.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>IlloDesk did not end well the last time.</source>
            <translation>IlloDesk wurde beim letzten Mal nicht ordentlich beendet.</translation>
        </message>
        <message>
            <source>What was recorded until then is safe. The log says more: {place}</source>
            <translation>Was bis dahin aufgenommen wurde, ist sicher. Das Protokoll sagt mehr: {place}</translation>
        </message>
        <message>
            <source>Open the logs</source>
            <translation>Protokolle öffnen</translation>
        </message>
        <message>
            <source>A recording is still going on.</source>
            <translation>Eine Aufnahme läuft noch.</translation>
        </message>
        <message>
            <source>A recording was cut off.</source>
            <translation>Eine Aufnahme wurde unterbrochen.</translation>
        </message>
        <message>
            <source>It began {when}. The sound is safe; take it up to have it analysed.</source>
            <translation>Sie begann {when}. Der Ton ist sicher; übernehmen Sie sie, damit sie analysiert wird.</translation>
        </message>
        <message>
            <source>Take it up</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>Go to {page}</source>
            <translation>Gehe zu: {page}</translation>
        </message>
        <message>
            <source>Theme: as the system</source>
            <translation>Farben: wie das System</translation>
        </message>
        <message>
            <source>Theme: light</source>
            <translation>Farben: hell</translation>
        </message>
        <message>
            <source>Theme: dark</source>
            <translation>Farben: dunkel</translation>
        </message>
        <message>
            <source>Theme: high contrast</source>
            <translation>Farben: hoher Kontrast</translation>
        </message>
        <message>
            <source>Larger type</source>
            <translation>Schrift größer</translation>
        </message>
        <message>
            <source>Smaller type</source>
            <translation>Schrift kleiner</translation>
        </message>
        <message>
            <source>Normal type</source>
            <translation>Schrift normal</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Search and commands</source>
            <translation>Suche und Befehle</translation>
        </message>
        <message>
            <source>Open the menu</source>
            <translation>Das Menü öffnen</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
    </context>
    <context>
        <name>Menus</name>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Playback</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>What analyses your conversations</source>
            <translation>Was Ihre Gespräche analysiert</translation>
        </message>
        <message>
            <source>These models came with IlloDesk and run on this machine only. Nothing is fetched from anywhere.</source>
            <translation>Diese Modelle kamen mit IlloDesk und laufen nur auf diesem Rechner. Nichts wird von irgendwoher geholt.</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Card of the model</source>
            <translation>Steckbrief des Modells</translation>
        </message>
        <message>
            <source>Open its folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Read the models again</source>
            <translation>Die Modelle neu einlesen</translation>
        </message>
        <message>
            <source>ships with IlloDesk; not used lately</source>
            <translation>gehört zu IlloDesk; zuletzt nicht benutzt</translation>
        </message>
        <message>
            <source>Version: {version}</source>
            <translation>Version: {version}</translation>
        </message>
        <message>
            <source>Licence: {licence}</source>
            <translation>Lizenz: {licence}</translation>
        </message>
        <message>
            <source>Ran on: {device}</source>
            <translation>Lief auf: {device}</translation>
        </message>
        <message>
            <source>Draft quality: many words of ordinary talk are wrong. Read its transcripts as hints, look at the confidence of a word, and correct what matters.</source>
            <translation>Entwurfsqualität: Viele Wörter alltäglicher Gespräche sind falsch. Lesen Sie die Transkripte als Hinweise, achten Sie auf die Sicherheit eines Wortes und berichtigen Sie, worauf es ankommt.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Close the message</source>
            <translation>Die Nachricht schließen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>Notices</name>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Something went wrong in IlloDesk itself.</source>
            <translation>In IlloDesk selbst ist etwas schiefgegangen.</translation>
        </message>
        <message>
            <source>What is kept is safe. The log says where it happened ({kind}).</source>
            <translation>Was aufbewahrt wird, ist sicher. Das Protokoll sagt, wo es geschah ({kind}).</translation>
        </message>
    </context>
    <context>
        <name>Pages</name>
        <message>
            <source>Review</source>
            <translation>Durchsicht</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Optionen</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>A command, a conversation, or words that were said</source>
            <translation>Ein Befehl, ein Gespräch oder gesagte Worte</translation>
        </message>
        <message>
            <source>Search and commands</source>
            <translation>Suche und Befehle</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Gefundenes</translation>
        </message>
        <message>
            <source>Search transcripts for “{words}”</source>
            <translation>In Transkripten nach „{words}“ suchen</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <source>conversation, {day}</source>
            <translation>Gespräch, {day}</translation>
        </message>
    </context>
    <context>
        <name>ServerPage</name>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>Start or stop the server</source>
            <translation>Den Server starten oder anhalten</translation>
        </message>
        <message>
            <source>Copy the server's address</source>
            <translation>Die Adresse des Servers kopieren</translation>
        </message>
        <message>
            <source>Let other programs use IlloDesk</source>
            <translation>Andere Programme IlloDesk nutzen lassen</translation>
        </message>
        <message>
            <source>The server offers analysis and the library as an API on this machine. Every request needs a key. Nothing leaves the machine unless you open it to the local network.</source>
            <translation>Der Server bietet Analyse und Bibliothek als API auf diesem Rechner an. Jede Anfrage braucht einen Schlüssel. Nichts verlässt den Rechner, außer Sie öffnen ihn für das lokale Netz.</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>0 takes a free one</source>
            <translation>0 nimmt einen freien</translation>
        </message>
        <message>
            <source>Open to the local network (needs a key)</source>
            <translation>Für das lokale Netz öffnen (braucht einen Schlüssel)</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Address of the server</source>
            <translation>Adresse des Servers</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Angelegt</translation>
        </message>
        <message>
            <source>Last used</source>
            <translation>Zuletzt benutzt</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Id</source>
            <translation>Kennung</translation>
        </message>
        <message>
            <source>Whose key it is</source>
            <translation>Für wen der Schlüssel ist</translation>
        </message>
        <message>
            <source>Name of a new key</source>
            <translation>Name eines neuen Schlüssels</translation>
        </message>
        <message>
            <source>Make a key</source>
            <translation>Schlüssel anlegen</translation>
        </message>
        <message>
            <source>New secret</source>
            <translation>Neues Geheimnis</translation>
        </message>
        <message>
            <source>Revoke…</source>
            <translation>Widerrufen …</translation>
        </message>
        <message>
            <source>The old secret works for 24 hours more</source>
            <translation>Das alte Geheimnis gilt noch 24 Stunden</translation>
        </message>
        <message>
            <source>Revoke for good</source>
            <translation>Endgültig widerrufen</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Secret of the key</source>
            <translation>Geheimnis des Schlüssels</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>The local network needs a key first.</source>
            <translation>Das lokale Netz braucht erst einen Schlüssel.</translation>
        </message>
        <message>
            <source>Make one below, then start the server. Nothing is open now.</source>
            <translation>Legen Sie unten einen an, dann starten Sie den Server. Jetzt ist nichts offen.</translation>
        </message>
        <message>
            <source>The server runs, but the settings file could not be written.</source>
            <translation>Der Server läuft, aber die Einstellungsdatei konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The next start offers what was set before.</source>
            <translation>Der nächste Start bietet an, was vorher eingestellt war.</translation>
        </message>
        <message>
            <source>Stop the server</source>
            <translation>Den Server anhalten</translation>
        </message>
        <message>
            <source>Start the server</source>
            <translation>Den Server starten</translation>
        </message>
        <message>
            <source>The server cannot be started from here.</source>
            <translation>Der Server kann von hier nicht gestartet werden.</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Hält an …</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Startet …</translation>
        </message>
        <message>
            <source>On. Machines in the local network can reach it with a key.</source>
            <translation>An. Rechner im lokalen Netz erreichen ihn mit einem Schlüssel.</translation>
        </message>
        <message>
            <source>On. Only programs on this machine can reach it.</source>
            <translation>An. Nur Programme auf diesem Rechner erreichen ihn.</translation>
        </message>
        <message>
            <source>Off. No other program can reach IlloDesk.</source>
            <translation>Aus. Kein anderes Programm erreicht IlloDesk.</translation>
        </message>
        <message>
            <source>QR code of {address}</source>
            <translation>QR-Code von {address}</translation>
        </message>
        <message>
            <source>Scan it with a device in the same network to get the address.</source>
            <translation>Lesen Sie ihn mit einem Gerät im selben Netz, um die Adresse zu bekommen.</translation>
        </message>
        <message>
            <source>A QR code for other devices appears when the local network is open.</source>
            <translation>Ein QR-Code für andere Geräte erscheint, wenn das lokale Netz offen ist.</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>No keys yet. Make one below.</source>
            <translation>Noch keine Schlüssel. Legen Sie unten einen an.</translation>
        </message>
        <message>
            <source>revoked {when}</source>
            <translation>widerrufen {when}</translation>
        </message>
        <message>
            <source>good; the old secret until {when}</source>
            <translation>gültig; das alte Geheimnis bis {when}</translation>
        </message>
        <message>
            <source>good</source>
            <translation>gültig</translation>
        </message>
        <message>
            <source>Say whose key it is, then make it.</source>
            <translation>Sagen Sie, für wen der Schlüssel ist, dann legen Sie ihn an.</translation>
        </message>
        <message>
            <source>The secret of “{name}”. It is shown this once: copy it now, nobody can list it later.</source>
            <translation>Das Geheimnis von „{name}“. Es wird nur dieses Mal gezeigt: Kopieren Sie es jetzt, später kann es niemand auflisten.</translation>
        </message>
        <message>
            <source>Whoever uses “{name}” is shut out at once. This cannot be undone.</source>
            <translation>Wer „{name}“ benutzt, ist sofort ausgesperrt. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>“{name}” is revoked.</source>
            <translation>„{name}“ ist widerrufen.</translation>
        </message>
        <message>
            <source>going on</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>{n} ms</source>
            <translation>{n} ms</translation>
        </message>
        <message>
            <source>Nothing was asked yet.</source>
            <translation>Noch wurde nichts angefragt.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Sections of the settings</source>
            <translation>Abschnitte der Einstellungen</translation>
        </message>
        <message>
            <source>Analysis</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Server limits</source>
            <translation>Grenzen des Servers</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>Open the data folder</source>
            <translation>Den Datenordner öffnen</translation>
        </message>
        <message>
            <source>Purpose of new conversations</source>
            <translation>Zweck neuer Gespräche</translation>
        </message>
        <message>
            <source>Whose law applies</source>
            <translation>Wessen Recht gilt</translation>
        </message>
        <message>
            <source>Text only: infer nothing from the voice</source>
            <translation>Nur Text: nichts aus der Stimme ableiten</translation>
        </message>
        <message>
            <source>Language of the speech</source>
            <translation>Sprache der Gespräche</translation>
        </message>
        <message>
            <source>The built-in recogniser knows English only and is of draft quality. In other languages the voice, the speakers and the timing are analysed, and there is no transcript.</source>
            <translation>Die eingebaute Spracherkennung kann nur Englisch und hat Entwurfsqualität. In anderen Sprachen werden Stimme, Sprechende und Zeitverlauf analysiert, und es gibt kein Transkript.</translation>
        </message>
        <message>
            <source>CPU, the only one that the built-in models use</source>
            <translation>CPU, das einzige, das die eingebauten Modelle nutzen</translation>
        </message>
        <message>
            <source>Compute device</source>
            <translation>Rechengerät</translation>
        </message>
        <message>
            <source>What is changed here holds for the next analysis. Results stay as they are.</source>
            <translation>Was hier geändert wird, gilt für die nächste Analyse. Ergebnisse bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>Keep a copy of recordings that are imported</source>
            <translation>Von übernommenen Aufnahmen eine Kopie aufbewahren</translation>
        </message>
        <message>
            <source>Without a copy a conversation can be read but not heard here, nor analysed again. What is recorded in IlloDesk itself is always kept until you delete the conversation.</source>
            <translation>Ohne Kopie lässt sich ein Gespräch lesen, aber hier weder anhören noch erneut analysieren. Was IlloDesk selbst aufnimmt, wird immer aufbewahrt, bis Sie das Gespräch löschen.</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Where everything is kept</source>
            <translation>Wo alles aufbewahrt wird</translation>
        </message>
        <message>
            <source>Another folder begins with an empty library; what is kept in this one stays where it is.</source>
            <translation>Ein anderer Ordner beginnt mit einer leeren Bibliothek; was in diesem liegt, bleibt dort.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>{n} %</source>
            <translation>{n} %</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Size of type</source>
            <translation>Schriftgröße</translation>
        </message>
        <message>
            <source>Language of the window</source>
            <translation>Sprache des Fensters</translation>
        </message>
        <message>
            <source>Holds from the next start.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Offer live sessions over the API</source>
            <translation>Live-Sitzungen über die API anbieten</translation>
        </message>
        <message>
            <source>Largest upload</source>
            <translation>Größter Upload</translation>
        </message>
        <message>
            <source> MB</source>
            <translation> MB</translation>
        </message>
        <message>
            <source>Longest recording</source>
            <translation>Längste Aufnahme</translation>
        </message>
        <message>
            <source> h</source>
            <translation> h</translation>
        </message>
        <message>
            <source>Longest analysis of one upload</source>
            <translation>Längste Analyse eines Uploads</translation>
        </message>
        <message>
            <source>Analyses at once, for each key</source>
            <translation>Analysen zugleich, je Schlüssel</translation>
        </message>
        <message>
            <source>A further one waits for</source>
            <translation>Eine weitere wartet bis zu</translation>
        </message>
        <message>
            <source>Requests a minute, for each key</source>
            <translation>Anfragen in der Minute, je Schlüssel</translation>
        </message>
        <message>
            <source>Live sessions at once, for each key</source>
            <translation>Live-Sitzungen zugleich, je Schlüssel</translation>
        </message>
        <message>
            <source>Running requests may end within</source>
            <translation>Laufende Anfragen dürfen enden binnen</translation>
        </message>
        <message>
            <source>0 requests a minute means: as many as come. Holds from the server's next start.</source>
            <translation>0 Anfragen in der Minute heißt: so viele wie kommen. Gilt ab dem nächsten Start des Servers.</translation>
        </message>
        <message>
            <source>Decided by the environment variable {name}.</source>
            <translation>Festgelegt durch die Umgebungsvariable {name}.</translation>
        </message>
        <message>
            <source>the file or the value cannot be understood</source>
            <translation>die Datei oder der Wert ist nicht zu verstehen</translation>
        </message>
        <message>
            <source>The setting was not changed.</source>
            <translation>Die Einstellung wurde nicht geändert.</translation>
        </message>
        <message>
            <source>{file}: {reason}. All settings are as they were.</source>
            <translation>{file}: {reason}. Alle Einstellungen sind wie zuvor.</translation>
        </message>
        <message>
            <source>{folder} cannot be written.</source>
            <translation>{folder} ist nicht beschreibbar.</translation>
        </message>
        <message>
            <source>Everything stays where it is. Choose another folder.</source>
            <translation>Alles bleibt, wo es ist. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The new folder is used from the next start.</source>
            <translation>Der neue Ordner gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>What is kept now stays in {folder}.</source>
            <translation>Was jetzt aufbewahrt wird, bleibt in {folder}.</translation>
        </message>
        <message>
            <source>The window speaks the new language from the next start.</source>
            <translation>Das Fenster spricht ab dem nächsten Start die neue Sprache.</translation>
        </message>
    </context>
    <context>
        <name>ShortcutEditor</name>
        <message>
            <source>Find a command or a key</source>
            <translation>Einen Befehl oder eine Taste finden</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>Neue Tasten</translation>
        </message>
        <message>
            <source>Use these keys</source>
            <translation>Diese Tasten nehmen</translation>
        </message>
        <message>
            <source>As it was</source>
            <translation>Wie zuvor</translation>
        </message>
        <message>
            <source>Give the command the keys it comes with</source>
            <translation>Dem Befehl seine mitgelieferten Tasten geben</translation>
        </message>
        <message>
            <source>Taken by: {names}. Using them here takes them away there.</source>
            <translation>Vergeben an: {names}. Hier benutzt, fehlen sie dort.</translation>
        </message>
    </context>
    <context>
        <name>ShortcutSheet</name>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
    </context>
    <context>
        <name>Stages</name>
        <message>
            <source>Voice activity</source>
            <translation>Sprechaktivität</translation>
        </message>
        <message>
            <source>Finds where somebody speaks.</source>
            <translation>Findet, wo jemand spricht.</translation>
        </message>
        <message>
            <source>Speech to text</source>
            <translation>Sprache zu Text</translation>
        </message>
        <message>
            <source>Writes down what is said.</source>
            <translation>Schreibt auf, was gesagt wird.</translation>
        </message>
        <message>
            <source>Speakers</source>
            <translation>Sprechende</translation>
        </message>
        <message>
            <source>Tells the voices of one recording apart. It identifies nobody and is not kept.</source>
            <translation>Hält die Stimmen einer Aufnahme auseinander. Es erkennt niemanden wieder und wird nicht aufbewahrt.</translation>
        </message>
        <message>
            <source>Text emotion</source>
            <translation>Gefühl im Text</translation>
        </message>
        <message>
            <source>Reads which of seven emotions the words express.</source>
            <translation>Liest, welches von sieben Gefühlen die Worte ausdrücken.</translation>
        </message>
        <message>
            <source>Text valence</source>
            <translation>Valenz im Text</translation>
        </message>
        <message>
            <source>Reads how pleasant or unpleasant the words are.</source>
            <translation>Liest, wie angenehm oder unangenehm die Worte sind.</translation>
        </message>
        <message>
            <source>Meaning of sentences</source>
            <translation>Bedeutung der Sätze</translation>
        </message>
        <message>
            <source>Compares what sentences mean, for topics, phases and the summary.</source>
            <translation>Vergleicht, was Sätze bedeuten, für Themen, Phasen und die Zusammenfassung.</translation>
        </message>
        <message>
            <source>Arousal and dominance</source>
            <translation>Erregung und Dominanz</translation>
        </message>
        <message>
            <source>Rules on pitch, loudness and pace, beside how the same speaker usually sounds.</source>
            <translation>Regeln über Tonhöhe, Lautheit und Tempo, verglichen damit, wie dieselbe Person sonst klingt.</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Offline</source>
            <translation>Offline</translation>
        </message>
        <message>
            <source>Everything is recorded, analysed and kept on this machine. Nothing is sent anywhere.</source>
            <translation>Alles wird auf diesem Rechner aufgenommen, analysiert und aufbewahrt. Nichts wird irgendwohin gesendet.</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>What the last analysis ran on.</source>
            <translation>Worauf die letzte Analyse lief.</translation>
        </message>
        <message>
            <source>Nothing was analysed yet.</source>
            <translation>Noch wurde nichts analysiert.</translation>
        </message>
        <message>
            <source>queue {n}</source>
            <translation>Warteschlange {n}</translation>
        </message>
        <message>
            <source>Recordings that wait for their analysis or are being analysed</source>
            <translation>Aufnahmen, die auf ihre Analyse warten oder gerade analysiert werden</translation>
        </message>
        <message>
            <source>server on</source>
            <translation>Server an</translation>
        </message>
        <message>
            <source>server off</source>
            <translation>Server aus</translation>
        </message>
        <message>
            <source>The API answers at {address}</source>
            <translation>Die API antwortet unter {address}</translation>
        </message>
        <message>
            <source>No other program can reach IlloDesk.</source>
            <translation>Kein anderes Programm erreicht IlloDesk.</translation>
        </message>
        <message>
            <source>only {n} GB free</source>
            <translation>nur {n} GB frei</translation>
        </message>
        <message>
            <source>{n} GB free</source>
            <translation>{n} GB frei</translation>
        </message>
        <message>
            <source>Free some space: recording stops when the disk is full. What is recorded until then is safe.</source>
            <translation>Machen Sie Platz: Die Aufnahme endet, wenn die Platte voll ist. Was bis dahin aufgenommen ist, ist sicher.</translation>
        </message>
        <message>
            <source>Free where recordings are kept</source>
            <translation>Frei, wo Aufnahmen aufbewahrt werden</translation>
        </message>
    </context>
    <context>
        <name>TitleBar</name>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Menu  F10</source>
            <translation>Menü  F10</translation>
        </message>
        <message>
            <source>You are here</source>
            <translation>Sie sind hier</translation>
        </message>
        <message>
            <source>Search and commands</source>
            <translation>Suche und Befehle</translation>
        </message>
        <message>
            <source>● REC</source>
            <translation>● AUFN</translation>
        </message>
        <message>
            <source>Recording is going on</source>
            <translation>Eine Aufnahme läuft</translation>
        </message>
        <message>
            <source>Search or do</source>
            <translation>Suchen oder tun</translation>
        </message>
    </context>
    <context>
        <name>TroubleWindow</name>
        <message>
            <source>The library cannot be opened</source>
            <translation>Die Bibliothek kann nicht geöffnet werden</translation>
        </message>
        <message>
            <source>Nothing was changed. Everything that is kept is still in {folder}.</source>
            <translation>Nichts wurde geändert. Alles, was aufbewahrt wird, ist noch in {folder}.</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Den Ordner öffnen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
    </context>
</TS>
