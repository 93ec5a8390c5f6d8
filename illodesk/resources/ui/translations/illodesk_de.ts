<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AffectPlane</name>
    <message>
        <source>Affect plane</source>
        <translation>Affektebene</translation>
    </message>
    <message>
        <source>Larger points are surer. The largest symbol of a speaker is the mean, the ellipse one standard deviation around it. Arousal is measured against a speaker&apos;s own norm.</source>
        <translation>Größere Punkte sind sicherer. Das größte Zeichen eines Sprechers ist der Mittelwert, die Ellipse eine Standardabweichung darum. Erregung wird an der eigenen Norm des Sprechers gemessen.</translation>
    </message>
    <message>
        <source>Turns: {count}</source>
        <translation>Redebeiträge: {count}</translation>
    </message>
    <message>
        <source>without enough evidence: {count}</source>
        <translation>ohne genügend Anhaltspunkte: {count}</translation>
    </message>
    <message>
        <source>in the selection</source>
        <translation>in der Auswahl</translation>
    </message>
    <message>
        <source>No turn here has enough evidence of both valence and arousal.</source>
        <translation>Kein Redebeitrag hier hat genügend Anhaltspunkte für Valenz und Erregung.</translation>
    </message>
    <message>
        <source>Nobody speaks here.</source>
        <translation>Hier spricht niemand.</translation>
    </message>
</context>
<context>
    <name>AffectPlot</name>
    <message>
        <source>tense</source>
        <translation>angespannt</translation>
    </message>
    <message>
        <source>excited</source>
        <translation>begeistert</translation>
    </message>
    <message>
        <source>bored</source>
        <translation>gelangweilt</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>Affect plane</source>
        <translation>Affektebene</translation>
    </message>
    <message>
        <source>{name}: not enough evidence</source>
        <translation>{name}: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>{name}: {count} turns, on average valence {valence}, arousal {arousal}</source>
        <translation>{name}: {count} Redebeiträge, im Mittel Valenz {valence}, Erregung {arousal}</translation>
    </message>
    <message>
        <source>valence {valence}, arousal {arousal}</source>
        <translation>Valenz {valence}, Erregung {arousal}</translation>
    </message>
</context>
<context>
    <name>Annotating</name>
    <message>
        <source>Annotate the selection</source>
        <translation>Auswahl annotieren</translation>
    </message>
    <message>
        <source>Change the annotation</source>
        <translation>Annotation ändern</translation>
    </message>
    <message>
        <source>Give the annotation the time of the selection</source>
        <translation>Der Annotation die Zeit der Auswahl geben</translation>
    </message>
    <message>
        <source>Remove the annotation</source>
        <translation>Annotation entfernen</translation>
    </message>
    <message>
        <source>New tier of annotations</source>
        <translation>Neue Annotationsspur</translation>
    </message>
    <message>
        <source>Remove a tier of annotations</source>
        <translation>Annotationsspur entfernen</translation>
    </message>
    <message>
        <source>Say whom a tier is about</source>
        <translation>Sagen, von wem eine Spur handelt</translation>
    </message>
    <message>
        <source>Snap annotations to words and turns</source>
        <translation>Annotationen an Wörtern und Redebeiträgen einrasten</translation>
    </message>
    <message>
        <source>Start the annotation earlier</source>
        <translation>Annotation früher beginnen</translation>
    </message>
    <message>
        <source>Start the annotation later</source>
        <translation>Annotation später beginnen</translation>
    </message>
    <message>
        <source>End the annotation earlier</source>
        <translation>Annotation früher enden lassen</translation>
    </message>
    <message>
        <source>End the annotation later</source>
        <translation>Annotation später enden lassen</translation>
    </message>
    <message>
        <source>Move the annotation earlier</source>
        <translation>Annotation nach vorn schieben</translation>
    </message>
    <message>
        <source>Move the annotation later</source>
        <translation>Annotation nach hinten schieben</translation>
    </message>
</context>
<context>
    <name>AnnotationForm</name>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Give the tier a name.</source>
        <translation>Der Spur einen Namen geben.</translation>
    </message>
    <message>
        <source>There is “{value}” at this time on the tier already. Choose another tier.</source>
        <translation>Zu dieser Zeit steht auf der Spur schon „{value}“. Eine andere Spur wählen.</translation>
    </message>
</context>
<context>
    <name>AssignTierForm</name>
    <message>
        <source>Tier</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
</context>
<context>
    <name>Bars</name>
    <message>
        <source>Contributions</source>
        <translation>Beiträge</translation>
    </message>
</context>
<context>
    <name>Blank</name>
    <message>
        <source>Which conversation?</source>
        <translation>Welches Gespräch?</translation>
    </message>
    <message>
        <source>Added last:</source>
        <translation>Zuletzt hinzugefügt:</translation>
    </message>
    <message>
        <source>Record a conversation, or import recordings into the library.</source>
        <translation>Ein Gespräch aufnehmen oder Aufnahmen in die Bibliothek importieren.</translation>
    </message>
    <message>
        <source>Nothing to review yet</source>
        <translation>Noch nichts zur Durchsicht</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>Zur Bibliothek</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation>Beteiligung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>Nicht analysiert</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Wird analysiert</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>Analysiert</translation>
    </message>
    <message>
        <source>In part</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Run {number}</source>
        <translation>Durchgang {number}</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Back to the review</source>
        <translation>Zurück zur Durchsicht</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Only what differs</source>
        <translation>Nur, was sich unterscheidet</translation>
    </message>
    <message>
        <source>Figures of both</source>
        <translation>Zahlen von beiden</translation>
    </message>
    <message>
        <source>Both transcripts</source>
        <translation>Beide Transkripte</translation>
    </message>
    <message>
        <source>Double click goes to the place in the review</source>
        <translation>Doppelklick führt zur Stelle in der Durchsicht</translation>
    </message>
    <message>
        <source>compared with</source>
        <translation>verglichen mit</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>There is nothing to compare with yet: no other run, and no other conversation.</source>
        <translation>Noch nichts zum Vergleichen: kein anderer Durchgang und kein anderes Gespräch.</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>Purpose and consent</source>
        <translation>Zweck und Einwilligung</translation>
    </message>
    <message>
        <source>Title (the date when empty)</source>
        <translation>Titel (leer: das Datum)</translation>
    </message>
    <message>
        <source>Title of the recording</source>
        <translation>Titel der Aufnahme</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Who agreed to be recorded, and how</source>
        <translation>Wer der Aufnahme zugestimmt hat, und wie</translation>
    </message>
    <message>
        <source>All agreed, aloud, before the recording</source>
        <translation>Alle haben vor der Aufnahme laut zugestimmt</translation>
    </message>
    <message>
        <source>All agreed in writing</source>
        <translation>Alle haben schriftlich zugestimmt</translation>
    </message>
    <message>
        <source>Only I speak, and I agree</source>
        <translation>Nur ich spreche, und ich bin einverstanden</translation>
    </message>
    <message>
        <source>Who agreed, and how</source>
        <translation>Wer zugestimmt hat, und wie</translation>
    </message>
    <message>
        <source>Choose what the recording is for.</source>
        <translation>Wählen, wozu die Aufnahme dient.</translation>
    </message>
    <message>
        <source>Say who agreed to be recorded, and how: this purpose rests on consent.</source>
        <translation>Angeben, wer der Aufnahme zugestimmt hat, und wie: Dieser Zweck beruht auf Einwilligung.</translation>
    </message>
    <message>
        <source>{purpose} · {region}</source>
        <translation>{purpose} · {region}</translation>
    </message>
    <message>
        <source>Consent: {words}</source>
        <translation>Einwilligung: {words}</translation>
    </message>
    <message>
        <source>No consent was noted.</source>
        <translation>Keine Einwilligung vermerkt.</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Share of the time</source>
        <translation>Anteil der Zeit</translation>
    </message>
    <message>
        <source>{score} over time</source>
        <translation>{score} im Zeitverlauf</translation>
    </message>
    <message>
        <source>{name}: not enough evidence</source>
        <translation>{name}: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>{name}: from {low} to {high}</source>
        <translation>{name}: von {low} bis {high}</translation>
    </message>
    <message>
        <source>not enough evidence</source>
        <translation>zu wenig Anhaltspunkte</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>The last two minutes of engagement, arousal and valence</source>
        <translation>Die letzten zwei Minuten von Beteiligung, Erregung und Valenz</translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation>Beteiligung</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>Valenz</translation>
    </message>
</context>
<context>
    <name>Deck</name>
    <message>
        <source>Time recorded</source>
        <translation>Aufgenommene Zeit</translation>
    </message>
    <message>
        <source>How much is analysed</source>
        <translation>Wie viel analysiert ist</translation>
    </message>
    <message>
        <source>Open the review</source>
        <translation>Durchsicht öffnen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Noch ist nichts aufgenommen.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Opening the devices.</source>
        <translation>Die Geräte werden geöffnet.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme läuft</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>Noch einmal aufnehmen</translation>
    </message>
    <message>
        <source>Analysing the rest</source>
        <translation>Der Rest wird analysiert</translation>
    </message>
    <message>
        <source>The recording is safe.</source>
        <translation>Die Aufnahme ist sicher.</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The conversation is in the library.</source>
        <translation>Das Gespräch ist in der Bibliothek.</translation>
    </message>
    <message>
        <source>Kept without an analysis</source>
        <translation>Ohne Analyse behalten</translation>
    </message>
    <message>
        <source>The sound is in the library.</source>
        <translation>Der Ton ist in der Bibliothek.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Start or stop the recording  {keys}</source>
        <translation>Aufnahme beginnen oder anhalten  {keys}</translation>
    </message>
    <message>
        <source>Record silence for a while; the time goes on  {keys}</source>
        <translation>Eine Weile Stille aufnehmen; die Zeit läuft weiter  {keys}</translation>
    </message>
    <message>
        <source>Nothing that is said is kept until you go on.</source>
        <translation>Bis zum Weitermachen wird nichts behalten, was gesagt wird.</translation>
    </message>
    <message>
        <source>{n} s behind, audio is safe</source>
        <translation>{n} s zurück, der Ton ist sicher</translation>
    </message>
    <message>
        <source>The analysis keeps up, audio is safe</source>
        <translation>Die Analyse hält Schritt, der Ton ist sicher</translation>
    </message>
    <message>
        <source>Reading what was recorded, audio is safe</source>
        <translation>Aufgenommenes wird gelesen, der Ton ist sicher</translation>
    </message>
    <message>
        <source>{done} of {all} analysed, audio is safe</source>
        <translation>{done} von {all} analysiert, der Ton ist sicher</translation>
    </message>
    <message>
        <source>Putting it together, audio is safe</source>
        <translation>Wird zusammengefügt, der Ton ist sicher</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Tags, divided by commas</source>
        <translation>Schlagwörter, mit Kommas</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>{n} conversations</source>
        <translation>{n} Gespräche</translation>
    </message>
    <message>
        <source>The notes differ. What you write here is added to each.</source>
        <translation>Die Notizen sind verschieden. Was hier geschrieben wird, kommt zu jeder dazu.</translation>
    </message>
    <message>
        <source>they differ</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Added: {when}</source>
        <translation>Hinzugefügt: {when}</translation>
    </message>
    <message>
        <source>Length: {time}</source>
        <translation>Länge: {time}</translation>
    </message>
    <message>
        <source>File: {name}</source>
        <translation>Datei: {name}</translation>
    </message>
    <message>
        <source>Speakers: {names}</source>
        <translation>Sprecher: {names}</translation>
    </message>
    <message>
        <source>Purpose: {name}</source>
        <translation>Zweck: {name}</translation>
    </message>
    <message>
        <source>Law: {name}</source>
        <translation>Recht: {name}</translation>
    </message>
    <message>
        <source>Consent: {text}</source>
        <translation>Einwilligung: {text}</translation>
    </message>
    <message>
        <source>No recording was kept.</source>
        <translation>Keine Aufnahme behalten.</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>above own norm</source>
        <translation>über der eigenen Norm</translation>
    </message>
    <message>
        <source>below own norm</source>
        <translation>unter der eigenen Norm</translation>
    </message>
    <message>
        <source>above the usual voice</source>
        <translation>über der üblichen Stimme</translation>
    </message>
    <message>
        <source>below the usual voice</source>
        <translation>unter der üblichen Stimme</translation>
    </message>
    <message>
        <source>above what is typical</source>
        <translation>über dem Üblichen</translation>
    </message>
    <message>
        <source>below what is typical</source>
        <translation>unter dem Üblichen</translation>
    </message>
    <message>
        <source>F0</source>
        <translation>F0</translation>
    </message>
    <message>
        <source>upper F0</source>
        <translation>obere F0</translation>
    </message>
    <message>
        <source>F0 movement</source>
        <translation>F0-Bewegung</translation>
    </message>
    <message>
        <source>spectral centre</source>
        <translation>Spektralschwerpunkt</translation>
    </message>
    <message>
        <source>spectral movement</source>
        <translation>Spektralbewegung</translation>
    </message>
    <message>
        <source>energy above 1 kHz</source>
        <translation>Energie über 1 kHz</translation>
    </message>
    <message>
        <source>low over high frequency peak</source>
        <translation>tiefe gegen hohe Frequenzspitze</translation>
    </message>
    <message>
        <source>harmonicity</source>
        <translation>Harmonizität</translation>
    </message>
    <message>
        <source>strength of the first overtones</source>
        <translation>Stärke der ersten Obertöne</translation>
    </message>
    <message>
        <source>speech rate</source>
        <translation>Sprechtempo</translation>
    </message>
    <message>
        <source>articulation rate</source>
        <translation>Artikulationsrate</translation>
    </message>
    <message>
        <source>pauses</source>
        <translation>Pausen</translation>
    </message>
    <message>
        <source>range of loudness</source>
        <translation>Lautheitsumfang</translation>
    </message>
    <message>
        <source>length of turn {n} words</source>
        <translation>Redebeitrag von {n} Wörtern</translation>
    </message>
    <message>
        <source>response latency {n} s</source>
        <translation>Antwortzeit {n} s</translation>
    </message>
    <message>
        <source>pitch movement {n} st</source>
        <translation>Tonhöhenbewegung {n} st</translation>
    </message>
    <message>
        <source>pitch range {n} st</source>
        <translation>Tonhöhenumfang {n} st</translation>
    </message>
    <message>
        <source>pitch {n} st</source>
        <translation>Tonhöhe {n} st</translation>
    </message>
    <message>
        <source>loudness range {n} dB</source>
        <translation>Lautheitsumfang {n} dB</translation>
    </message>
    <message>
        <source>share of pauses {n} %</source>
        <translation>Pausenanteil {n} %</translation>
    </message>
    <message>
        <source>mean pause {n} s</source>
        <translation>mittlere Pause {n} s</translation>
    </message>
    <message>
        <source>articulation rate {n} syllables/s</source>
        <translation>Artikulationsrate {n} Silben/s</translation>
    </message>
    <message>
        <source>no fillers in {n} words</source>
        <translation>keine Fülllaute in {n} Wörtern</translation>
    </message>
    <message>
        <source>1 filler in {n} words</source>
        <translation>1 Fülllaut in {n} Wörtern</translation>
    </message>
    <message>
        <source>{n} fillers in {n2} words</source>
        <translation>{n} Fülllaute in {n2} Wörtern</translation>
    </message>
    <message>
        <source>no hedges in {n} words</source>
        <translation>keine Abschwächungen in {n} Wörtern</translation>
    </message>
    <message>
        <source>1 hedge in {n} words</source>
        <translation>1 Abschwächung in {n} Wörtern</translation>
    </message>
    <message>
        <source>{n} hedges in {n2} words</source>
        <translation>{n} Abschwächungen in {n2} Wörtern</translation>
    </message>
    <message>
        <source>no boosters in {n} words</source>
        <translation>keine Verstärker in {n} Wörtern</translation>
    </message>
    <message>
        <source>1 booster in {n} words</source>
        <translation>1 Verstärker in {n} Wörtern</translation>
    </message>
    <message>
        <source>{n} boosters in {n2} words</source>
        <translation>{n} Verstärker in {n2} Wörtern</translation>
    </message>
    <message>
        <source>no intensifiers in {n} words</source>
        <translation>keine Steigerungswörter in {n} Wörtern</translation>
    </message>
    <message>
        <source>1 intensifier in {n} words</source>
        <translation>1 Steigerungswort in {n} Wörtern</translation>
    </message>
    <message>
        <source>{n} intensifiers in {n2} words</source>
        <translation>{n} Steigerungswörter in {n2} Wörtern</translation>
    </message>
    <message>
        <source>no self-repairs in {n} words</source>
        <translation>keine Selbstkorrekturen in {n} Wörtern</translation>
    </message>
    <message>
        <source>1 self-repair in {n} words</source>
        <translation>1 Selbstkorrektur in {n} Wörtern</translation>
    </message>
    <message>
        <source>{n} self-repairs in {n2} words</source>
        <translation>{n} Selbstkorrekturen in {n2} Wörtern</translation>
    </message>
    <message>
        <source>{feature} {n} sd {norm}</source>
        <translation>{feature} {n} SD {norm}</translation>
    </message>
    <message>
        <source>{measured}, {n} sd {norm}</source>
        <translation>{measured}, {n} SD {norm}</translation>
    </message>
    <message>
        <source>the words read {n}</source>
        <translation>die Worte ergeben {n}</translation>
    </message>
    <message>
        <source>{n} boosters, {n2} hedges</source>
        <translation>{n} Verstärker, {n2} Abschwächungen</translation>
    </message>
    <message>
        <source>{emotion} {n}%</source>
        <translation>{emotion} {n} %</translation>
    </message>
    <message>
        <source>flat pitch</source>
        <translation>flache Tonhöhe</translation>
    </message>
    <message>
        <source>acknowledges the other</source>
        <translation>bestätigt den anderen</translation>
    </message>
    <message>
        <source>words taken up from the previous turn: {n}</source>
        <translation>vom vorigen Beitrag aufgegriffene Wörter: {n}</translation>
    </message>
    <message>
        <source>similar to the last minute: {n}</source>
        <translation>Ähnlichkeit mit der letzten Minute: {n}</translation>
    </message>
    <message>
        <source>similar to the previous turn: {n}</source>
        <translation>Ähnlichkeit mit dem vorigen Beitrag: {n}</translation>
    </message>
    <message>
        <source>{n} minimal replies</source>
        <translation>{n} knappe Antworten</translation>
    </message>
    <message>
        <source>load {n}</source>
        <translation>Belastung {n}</translation>
    </message>
    <message>
        <source>1 self-repair</source>
        <translation>1 Selbstkorrektur</translation>
    </message>
    <message>
        <source>{n} self-repairs</source>
        <translation>{n} Selbstkorrekturen</translation>
    </message>
    <message>
        <source>no question</source>
        <translation>keine Frage</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 Frage</translation>
    </message>
    <message>
        <source>{n} questions</source>
        <translation>{n} Fragen</translation>
    </message>
    <message>
        <source>no admission of not knowing</source>
        <translation>kein Eingeständnis, etwas nicht zu wissen</translation>
    </message>
    <message>
        <source>1 admission of not knowing</source>
        <translation>1 Eingeständnis, etwas nicht zu wissen</translation>
    </message>
    <message>
        <source>{n} admission of not knowings</source>
        <translation>{n} Eingeständnisse, etwas nicht zu wissen</translation>
    </message>
    <message>
        <source>no weak or conditional promise</source>
        <translation>keine schwache oder bedingte Zusage</translation>
    </message>
    <message>
        <source>1 weak or conditional promise</source>
        <translation>1 schwache oder bedingte Zusage</translation>
    </message>
    <message>
        <source>{n} weak or conditional promises</source>
        <translation>{n} schwache oder bedingte Zusagen</translation>
    </message>
    <message>
        <source>no promise</source>
        <translation>keine Zusage</translation>
    </message>
    <message>
        <source>1 promise</source>
        <translation>1 Zusage</translation>
    </message>
    <message>
        <source>{n} promises</source>
        <translation>{n} Zusagen</translation>
    </message>
    <message>
        <source>promises</source>
        <translation>sagt zu</translation>
    </message>
    <message>
        <source>promises, with a date</source>
        <translation>sagt mit Termin zu</translation>
    </message>
    <message>
        <source>says yes to a request</source>
        <translation>sagt Ja zu einer Bitte</translation>
    </message>
    <message>
        <source>says yes to a request, with a date</source>
        <translation>sagt Ja zu einer Bitte, mit Termin</translation>
    </message>
    <message>
        <source>valence {n}</source>
        <translation>Valenz {n}</translation>
    </message>
    <message>
        <source>strength of valence {n}</source>
        <translation>Stärke der Valenz {n}</translation>
    </message>
    <message>
        <source>arousal {n}</source>
        <translation>Erregung {n}</translation>
    </message>
    <message>
        <source>dominance {n}</source>
        <translation>Dominanz {n}</translation>
    </message>
    <message>
        <source>pitch at the end {n} st/s</source>
        <translation>Tonhöhe am Ende {n} st/s</translation>
    </message>
    <message>
        <source>Heard: {details}.</source>
        <translation>Gehört: {details}.</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>lively</source>
        <translation>lebhaft</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>flach</translation>
    </message>
    <message>
        <source>high-pitched</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>low-pitched</source>
        <translation>tief</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>weich</translation>
    </message>
    <message>
        <source>many pauses</source>
        <translation>viele Pausen</translation>
    </message>
    <message>
        <source>long pauses</source>
        <translation>lange Pausen</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie gewohnt</translation>
    </message>
    <message>
        <source>not enough evidence</source>
        <translation>zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>valence is read from words, and there are none that can be read</source>
        <translation>Valenz wird aus Worten gelesen, und hier sind keine lesbaren</translation>
    </message>
    <message>
        <source>not enough voiced sound</source>
        <translation>nicht genug stimmhafter Ton</translation>
    </message>
    <message>
        <source>too few words and too little voice to tell</source>
        <translation>zu wenige Worte und zu wenig Stimme, um es zu sagen</translation>
    </message>
    <message>
        <source>nothing before it to compare with</source>
        <translation>davor nichts zum Vergleichen</translation>
    </message>
    <message>
        <source>no text to read a commitment from</source>
        <translation>kein Text, aus dem sich eine Zusage lesen ließe</translation>
    </message>
    <message>
        <source>no words of commitment</source>
        <translation>keine Worte einer Zusage</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>aroused</source>
        <translation>erregt</translation>
    </message>
    <message>
        <source>less engaged</source>
        <translation>weniger beteiligt</translation>
    </message>
    <message>
        <source>more engaged</source>
        <translation>stärker beteiligt</translation>
    </message>
    <message>
        <source>mildly positive</source>
        <translation>leicht positiv</translation>
    </message>
    <message>
        <source>mildly negative</source>
        <translation>leicht negativ</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positiv</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativ</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>who decides</source>
        <translation>Entscheidungsbefugnis</translation>
    </message>
    <message>
        <source>need</source>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>timing</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>trust</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>a concern</source>
        <translation>ein Bedenken</translation>
    </message>
    <message>
        <source>{n} hedges</source>
        <translation>{n} Abschwächungen</translation>
    </message>
    <message>
        <source>{n} fillers</source>
        <translation>{n} Fülllaute</translation>
    </message>
    <message>
        <source>{n} s before the answer</source>
        <translation>{n} s bis zur Antwort</translation>
    </message>
    <message>
        <source>says not to know</source>
        <translation>sagt, es nicht zu wissen</translation>
    </message>
    <message>
        <source>{who} says “{said}”</source>
        <translation>{who} sagt „{said}“</translation>
    </message>
    <message>
        <source>{who} has said “{said}”</source>
        <translation>{who} hat „{said}“ gesagt</translation>
    </message>
    <message>
        <source>a pause of {n} s</source>
        <translation>eine Pause von {n} s</translation>
    </message>
    <message>
        <source>the balance of who speaks changes</source>
        <translation>die Redeanteile verschieben sich</translation>
    </message>
    <message>
        <source>the words have little in common with those before</source>
        <translation>die Worte haben wenig mit den vorigen gemein</translation>
    </message>
    <message>
        <source>weak signs only</source>
        <translation>nur schwache Anzeichen</translation>
    </message>
    <message>
        <source>{who} objects, on {subjects}: “{said}” {time}</source>
        <translation>{who} wendet etwas ein ({subjects}): „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} commits with a date: “{said}” {time}</source>
        <translation>{who} sagt etwas mit Termin zu: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} commits with a deliverable: “{said}” {time}</source>
        <translation>{who} sagt eine Leistung zu: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} commits after {who2}&apos;s call to action: “{said}” {time}</source>
        <translation>{who} sagt nach der Aufforderung von {who2} zu: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} sounds less committed than before: “{said}” {time}</source>
        <translation>{who} klingt weniger verbindlich als zuvor: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} promised at {time} and now only says “{said}” {time2}</source>
        <translation>{who} hat es {time} versprochen und sagt jetzt nur noch „{said}“ {time2}</translation>
    </message>
    <message>
        <source>{who} sounds afraid or worried: “{said}” {time}</source>
        <translation>{who} klingt ängstlich oder besorgt: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} answers without sounding sure ({doubts}): “{said}” {time}</source>
        <translation>{who} antwortet, ohne sicher zu klingen ({doubts}): „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused: “{said}” {time}</source>
        <translation>{who} klingt stark erregt: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused, positively: “{said}” {time}</source>
        <translation>{who} klingt stark und positiv erregt: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused, negatively: “{said}” {time}</source>
        <translation>{who} klingt stark und negativ erregt: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} expresses strong positive feeling: “{said}” {time}</source>
        <translation>{who} drückt ein starkes positives Gefühl aus: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} expresses strong negative feeling: “{said}” {time}</source>
        <translation>{who} drückt ein starkes negatives Gefühl aus: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused {time}</source>
        <translation>{who} klingt stark erregt {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused, positively {time}</source>
        <translation>{who} klingt stark und positiv erregt {time}</translation>
    </message>
    <message>
        <source>{who} sounds strongly aroused, negatively {time}</source>
        <translation>{who} klingt stark und negativ erregt {time}</translation>
    </message>
    <message>
        <source>{who} expresses strong positive feeling {time}</source>
        <translation>{who} drückt ein starkes positives Gefühl aus {time}</translation>
    </message>
    <message>
        <source>{who} expresses strong negative feeling {time}</source>
        <translation>{who} drückt ein starkes negatives Gefühl aus {time}</translation>
    </message>
    <message>
        <source>{who} sounds less engaged than before {time}</source>
        <translation>{who} klingt weniger beteiligt als zuvor {time}</translation>
    </message>
    <message>
        <source>{n} interruptions within 30 s, by {who} {time}</source>
        <translation>{n} Unterbrechungen in 30 s, durch {who} {time}</translation>
    </message>
    <message>
        <source>The conversation turns to {phrases} at {time}: {marks}.</source>
        <translation>Das Gespräch wendet sich {time} diesem Thema zu: {phrases} ({marks}).</translation>
    </message>
    <message>
        <source>The conversation turns at {time}: {marks}.</source>
        <translation>Das Gespräch wechselt {time} das Thema: {marks}.</translation>
    </message>
    <message>
        <source>{who} turns from {state} to {state2} at {time}</source>
        <translation>{who} wechselt von {state} zu {state2} {time}</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Eröffnung</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>Objection handling</source>
        <translation>Umgang mit Einwänden</translation>
    </message>
    <message>
        <source>Next steps</source>
        <translation>Nächste Schritte</translation>
    </message>
    <message>
        <source>Discovery</source>
        <translation>Erkundung</translation>
    </message>
    <message>
        <source>Discussion</source>
        <translation>Erörterung</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>1 objection</source>
        <translation>1 Einwand</translation>
    </message>
    <message>
        <source>{n} objections</source>
        <translation>{n} Einwände</translation>
    </message>
    <message>
        <source>1 commitment</source>
        <translation>1 Zusage</translation>
    </message>
    <message>
        <source>{n} commitments</source>
        <translation>{n} Zusagen</translation>
    </message>
    <message>
        <source>1 drop of commitment</source>
        <translation>1 Abfall der Verbindlichkeit</translation>
    </message>
    <message>
        <source>{n} drop of commitments</source>
        <translation>{n} Abfälle der Verbindlichkeit</translation>
    </message>
    <message>
        <source>1 moment of expressed fear</source>
        <translation>1 Moment ausgedrückter Angst</translation>
    </message>
    <message>
        <source>{n} moment of expressed fears</source>
        <translation>{n} Momente ausgedrückter Angst</translation>
    </message>
    <message>
        <source>1 answer that sounds unsure</source>
        <translation>1 Antwort, die unsicher klingt</translation>
    </message>
    <message>
        <source>{n} answer that sounds unsures</source>
        <translation>{n} Antworten, die unsicher klingen</translation>
    </message>
    <message>
        <source>1 emotional peak</source>
        <translation>1 emotionaler Höhepunkt</translation>
    </message>
    <message>
        <source>{n} emotional peaks</source>
        <translation>{n} emotionale Höhepunkte</translation>
    </message>
    <message>
        <source>1 drop of engagement</source>
        <translation>1 Abfall der Beteiligung</translation>
    </message>
    <message>
        <source>{n} drop of engagements</source>
        <translation>{n} Abfälle der Beteiligung</translation>
    </message>
    <message>
        <source>1 burst of interruptions</source>
        <translation>1 Häufung von Unterbrechungen</translation>
    </message>
    <message>
        <source>{n} drops of commitment</source>
        <translation>{n} Abfälle der Verbindlichkeit</translation>
    </message>
    <message>
        <source>{n} moments of expressed fear</source>
        <translation>{n} Momente ausgedrückter Angst</translation>
    </message>
    <message>
        <source>{n} answers that sound unsure</source>
        <translation>{n} Antworten, die unsicher klingen</translation>
    </message>
    <message>
        <source>{n} drops of engagement</source>
        <translation>{n} Abfälle der Beteiligung</translation>
    </message>
    <message>
        <source>{n} bursts of interruptions</source>
        <translation>{n} Häufungen von Unterbrechungen</translation>
    </message>
    <message>
        <source>{n} burst of interruptionss</source>
        <translation>{n} Häufungen von Unterbrechungen</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Zustimmung</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Zuversicht</translation>
    </message>
    <message>
        <source>confusion</source>
        <translation>Verwirrung</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>disengagement</source>
        <translation>fehlender Beteiligung</translation>
    </message>
    <message>
        <source>engagement</source>
        <translation>Beteiligung</translation>
    </message>
    <message>
        <source>frustration</source>
        <translation>Frustration</translation>
    </message>
    <message>
        <source>hesitation</source>
        <translation>Zögern</translation>
    </message>
    <message>
        <source>interest</source>
        <translation>Interesse</translation>
    </message>
    <message>
        <source>skepticism</source>
        <translation>Skepsis</translation>
    </message>
    <message>
        <source>stress</source>
        <translation>Anspannung</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>clarity</source>
        <translation>Klarheit</translation>
    </message>
    <message>
        <source>authority</source>
        <translation>Autorität</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>rapport</source>
        <translation>Verbundenheit</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>schwach</translation>
    </message>
    <message>
        <source>below average</source>
        <translation>unter dem Durchschnitt</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>excellent</source>
        <translation>ausgezeichnet</translation>
    </message>
    <message>
        <source>Check that both sides understood the same</source>
        <translation>Prüfen, ob beide Seiten dasselbe verstanden haben</translation>
    </message>
    <message>
        <source>State firmly what is certain</source>
        <translation>Klar aussprechen, was sicher ist</translation>
    </message>
    <message>
        <source>Bring in more exchange where it gets monotonous</source>
        <translation>Mehr Austausch suchen, wo es eintönig wird</translation>
    </message>
    <message>
        <source>Acknowledge the other side before answering</source>
        <translation>Die andere Seite würdigen, bevor man antwortet</translation>
    </message>
    <message>
        <source>Ask more follow-up questions</source>
        <translation>Öfter nachfragen</translation>
    </message>
    <message>
        <source>rise</source>
        <translation>Anstieg</translation>
    </message>
    <message>
        <source>fall</source>
        <translation>Abfall</translation>
    </message>
    <message>
        <source>fall-rise</source>
        <translation>Abfall, Anstieg</translation>
    </message>
    <message>
        <source>rise-fall</source>
        <translation>Anstieg, Abfall</translation>
    </message>
    <message>
        <source>rise-fall-rise</source>
        <translation>Anstieg, Abfall, Anstieg</translation>
    </message>
    <message>
        <source>fall-rise-fall</source>
        <translation>Abfall, Anstieg, Abfall</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>optimistic</source>
        <translation>zuversichtlich</translation>
    </message>
    <message>
        <source>tense</source>
        <translation>angespannt</translation>
    </message>
    <message>
        <source>subdued</source>
        <translation>gedämpft</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>Nothing was said that could be summarised.</source>
        <translation>Es wurde nichts gesagt, das sich zusammenfassen ließe.</translation>
    </message>
    <message>
        <source>{who} spoke for {n} minutes in {n2} utterances.</source>
        <translation>{who}: {n} Minuten in {n2} Äußerungen.</translation>
    </message>
    <message>
        <source>{who} spoke for {n} seconds in {n2} utterances.</source>
        <translation>{who}: {n} Sekunden in {n2} Äußerungen.</translation>
    </message>
    <message>
        <source>{who} spoke for {n} minutes in 1 utterance.</source>
        <translation>{who}: {n} Minuten in einer Äußerung.</translation>
    </message>
    <message>
        <source>{who} spoke for {n} seconds in 1 utterance.</source>
        <translation>{who}: {n} Sekunden in einer Äußerung.</translation>
    </message>
    <message>
        <source>{n} phases: {phases}.</source>
        <translation>{n} Phasen: {phases}.</translation>
    </message>
    <message>
        <source>It was about {phrases}.</source>
        <translation>Darum ging es: {phrases}.</translation>
    </message>
    <message>
        <source>{who} held {n}% of the talk.</source>
        <translation>{who} hatte {n} % der Redezeit.</translation>
    </message>
    <message>
        <source>Found: {counts}.</source>
        <translation>Gefunden: {counts}.</translation>
    </message>
    <message>
        <source>Much of it was not understood well (recognition {n} at the median): check quotations.</source>
        <translation>Vieles wurde nicht gut verstanden (Erkennung im Median {n}): Zitate prüfen.</translation>
    </message>
    <message>
        <source>Not enough evidence to rate the conversation.</source>
        <translation>Zu wenig Anhaltspunkte, um das Gespräch zu bewerten.</translation>
    </message>
    <message>
        <source>Quality index {n} of 100 ({band}), from {dimension} ({n2}) alone.</source>
        <translation>Qualitätsindex {n} von 100 ({band}), allein aus {dimension} ({n2}).</translation>
    </message>
    <message>
        <source>Quality index {n} of 100 ({band}); strongest in {dimension} ({n2}), weakest in {dimension2} ({n3}).</source>
        <translation>Qualitätsindex {n} von 100 ({band}); am stärksten bei {dimension} ({n2}), am schwächsten bei {dimension2} ({n3}).</translation>
    </message>
    <message>
        <source>Quality of the conversation: good {rated}.</source>
        <translation>Qualität des Gesprächs, gut bei: {rated}.</translation>
    </message>
    <message>
        <source>Low {dimension}: {n} of 100.</source>
        <translation>Niedrig bei {dimension}: {n} von 100.</translation>
    </message>
    <message>
        <source>{advice}: {dimension} was at {n} of 100.</source>
        <translation>{advice}: {dimension} lag bei {n} von 100.</translation>
    </message>
    <message>
        <source>{time} {who}: “{said}”</source>
        <translation>{time} {who}: „{said}“</translation>
    </message>
    <message>
        <source>{who}: “{said}” {time}</source>
        <translation>{who}: „{said}“ {time}</translation>
    </message>
    <message>
        <source>{counts} by {who}: {times}.</source>
        <translation>{counts}, {who}: {times}.</translation>
    </message>
    <message>
        <source>{counts} by {who}: {times} and {n} more.</source>
        <translation>{counts}, {who}: {times} und {n} weitere.</translation>
    </message>
    <message>
        <source>{who} showed signs of {signal} {n} times.</source>
        <translation>{who} zeigte {n}-mal Anzeichen von {signal}.</translation>
    </message>
    <message>
        <source>{who} waited {n} s before speaking, as a median over {n2} turns.</source>
        <translation>{who} wartete im Median {n} s vor dem Sprechen, bei {n2} Redebeiträgen.</translation>
    </message>
    <message>
        <source>Expressed valence took the course {arc}.</source>
        <translation>Verlauf der ausgedrückten Valenz: {arc}.</translation>
    </message>
    <message>
        <source>The objection at {time} was followed by a commitment at {time2}.</source>
        <translation>Auf den Einwand {time} folgte eine Zusage {time2}.</translation>
    </message>
    <message>
        <source>{moment}; no later commitment by {who} was found.</source>
        <translation>{moment}; danach wurde keine Zusage von {who} gefunden.</translation>
    </message>
    <message>
        <source>Come back to the objection of {who} at {time}.</source>
        <translation>Auf den Einwand von {who} {time} zurückkommen.</translation>
    </message>
    <message>
        <source>Ask {who} again about the answer at {time}, which sounded unsure.</source>
        <translation>{who} noch einmal nach der Antwort {time} fragen, die unsicher klang.</translation>
    </message>
    <message>
        <source>Confirm with {who} what was promised: commitment fell at {time}.</source>
        <translation>Mit {who} klären, was zugesagt wurde: Die Verbindlichkeit fiel {time}.</translation>
    </message>
    <message>
        <source>Let each other finish: interruptions piled up at {times}.</source>
        <translation>Einander ausreden lassen: Unterbrechungen häuften sich {times}.</translation>
    </message>
    <message>
        <source>No answer was heard to {time} {who}: “{said}”</source>
        <translation>Ohne hörbare Antwort blieb {time} {who}: „{said}“</translation>
    </message>
    <message>
        <source>Answer what stayed open at {times}.</source>
        <translation>Beantworten, was offen blieb: {times}.</translation>
    </message>
    <message>
        <source>Make room for the other side: {who} held {n}% of the talk.</source>
        <translation>Der anderen Seite Raum geben: {who} hatte {n} % der Redezeit.</translation>
    </message>
    <message>
        <source>Nothing was said that could be divided.</source>
        <translation>Es wurde nichts gesagt, das sich gliedern ließe.</translation>
    </message>
    <message>
        <source>1 phase in {n} min, from words, cue phrases, pauses and who speaks.</source>
        <translation>1 Phase in {n} min, nach Worten, Signalwendungen, Pausen und Sprecherwechseln.</translation>
    </message>
    <message>
        <source>{n} phases in {n2} min, from words, cue phrases, pauses and who speaks.</source>
        <translation>{n} Phasen in {n2} min, nach Worten, Signalwendungen, Pausen und Sprecherwechseln.</translation>
    </message>
    <message>
        <source>1 phase in {n} min, from words, sentence meaning, cue phrases, pauses and who speaks.</source>
        <translation>1 Phase in {n} min, nach Worten, Bedeutung der Sätze, Signalwendungen, Pausen und Sprecherwechseln.</translation>
    </message>
    <message>
        <source>{n} phases in {n2} min, from words, sentence meaning, cue phrases, pauses and who speaks.</source>
        <translation>{n} Phasen in {n2} min, nach Worten, Bedeutung der Sätze, Signalwendungen, Pausen und Sprecherwechseln.</translation>
    </message>
    <message>
        <source>No boundary was clear enough.</source>
        <translation>Keine Grenze war deutlich genug.</translation>
    </message>
    <message>
        <source>Clearest boundary at {time} (confidence {n}): {marks}.</source>
        <translation>Deutlichste Grenze {time} (Sicherheit {n}): {marks}.</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Hört zu</translation>
    </message>
    <message>
        <source>Reading the sound</source>
        <translation>Liest den Ton</translation>
    </message>
    <message>
        <source>Putting it together</source>
        <translation>Fügt alles zusammen</translation>
    </message>
    <message>
        <source>prosody rules on speaker norms</source>
        <translation>Prosodieregeln auf Sprechernormen</translation>
    </message>
    <message>
        <source>Work, recruitment and education in the EU: emotions must not be inferred from voice or face (AI Act, Art. 5(1)(f)). Only the words and the timing were analysed.</source>
        <translation>Arbeit, Bewerbung und Bildung in der EU: Aus Stimme oder Gesicht dürfen keine Gefühle abgeleitet werden (KI-Verordnung, Art. 5 Abs. 1 Buchst. f). Nur Worte und Zeitverlauf wurden analysiert.</translation>
    </message>
    <message>
        <source>Text-only mode was asked for. Only the words and the timing were analysed.</source>
        <translation>Es wurde nur Text verlangt. Nur Worte und Zeitverlauf wurden analysiert.</translation>
    </message>
    <message>
        <source>There is no sound in this file.</source>
        <translation>In dieser Datei ist kein Ton.</translation>
    </message>
    <message>
        <source>This file is damaged or of a kind that cannot be read.</source>
        <translation>Diese Datei ist beschädigt oder von einer Art, die sich nicht lesen lässt.</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>Diese Datei ist leer.</translation>
    </message>
    <message>
        <source>There is no file &apos;{name}&apos;.</source>
        <translation>Es gibt keine Datei „{name}“.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Es gibt keine Datei {name}.</translation>
    </message>
    <message>
        <source>{name} is not a file.</source>
        <translation>{name} ist keine Datei.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {name2}.</source>
        <translation>{name} lässt sich nicht lesen: {name2}.</translation>
    </message>
    <message>
        <source>The sound is longer than {n} hours.</source>
        <translation>Der Ton ist länger als {n} Stunden.</translation>
    </message>
    <message>
        <source>The analysis was stopped.</source>
        <translation>Die Analyse wurde angehalten.</translation>
    </message>
    <message>
        <source>The analysis was stopped; what was there before is unchanged.</source>
        <translation>Die Analyse wurde angehalten; was vorher da war, ist unverändert.</translation>
    </message>
    <message>
        <source>The analysis of {name} took too long and was stopped.</source>
        <translation>Die Analyse von {name} dauerte zu lange und wurde angehalten.</translation>
    </message>
    <message>
        <source>The analysis of {name} failed: {name2}</source>
        <translation>Die Analyse von {name} ist gescheitert: {name2}</translation>
    </message>
    <message>
        <source>There is not enough memory to analyse {name}.</source>
        <translation>Der Arbeitsspeicher reicht nicht, um {name} zu analysieren.</translation>
    </message>
    <message>
        <source>The analysis ended without a result.</source>
        <translation>Die Analyse endete ohne Ergebnis.</translation>
    </message>
    <message>
        <source>The analysis was stopped by an error in the app: {name}</source>
        <translation>Die Analyse wurde durch einen Fehler in der App angehalten: {name}</translation>
    </message>
    <message>
        <source>The analysis process was ended from outside, perhaps for lack of memory, while analysing {name}. The recording is unchanged.</source>
        <translation>Der Analyseprozess wurde von außen beendet, vielleicht aus Mangel an Arbeitsspeicher, während {name} analysiert wurde. Die Aufnahme ist unverändert.</translation>
    </message>
    <message>
        <source>The analysis process crashed ({name}) while analysing {name2}. The recording is unchanged.</source>
        <translation>Der Analyseprozess ist abgestürzt ({name}), während {name2} analysiert wurde. Die Aufnahme ist unverändert.</translation>
    </message>
    <message>
        <source>The analysis process ended unexpectedly (status {n}) while analysing {name}. The recording is unchanged.</source>
        <translation>Der Analyseprozess endete unerwartet (Status {n}), während {name} analysiert wurde. Die Aufnahme ist unverändert.</translation>
    </message>
    <message>
        <source>The app is closing.</source>
        <translation>Die App wird geschlossen.</translation>
    </message>
    <message>
        <source>The app was closed.</source>
        <translation>Die App wurde geschlossen.</translation>
    </message>
    <message>
        <source>IlloDesk ended while this conversation was being analysed. Analyse it again.</source>
        <translation>IlloDesk wurde beendet, während dieses Gespräch analysiert wurde. Analysieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This conversation is being analysed; wait for it or cancel it first.</source>
        <translation>Dieses Gespräch wird gerade analysiert; warten Sie darauf, oder brechen Sie es erst ab.</translation>
    </message>
    <message>
        <source>This conversation has not been analysed yet; there is nothing to correct.</source>
        <translation>Dieses Gespräch wurde noch nicht analysiert; es gibt nichts zu berichtigen.</translation>
    </message>
    <message>
        <source>The recording was not kept, so it cannot be analysed again.</source>
        <translation>Die Aufnahme wurde nicht behalten und lässt sich deshalb nicht noch einmal analysieren.</translation>
    </message>
    <message>
        <source>The recording was not kept, so its voices cannot be heard again.</source>
        <translation>Die Aufnahme wurde nicht behalten, deshalb lassen sich ihre Stimmen nicht noch einmal hören.</translation>
    </message>
    <message>
        <source>Every channel of this recording is a speaker of its own; there are no voices to tell apart.</source>
        <translation>Jeder Kanal dieser Aufnahme ist ein eigener Sprecher; es gibt keine Stimmen zu unterscheiden.</translation>
    </message>
    <message>
        <source>The number of speakers must be from 1 to 20.</source>
        <translation>Die Zahl der Sprechenden muss von 1 bis 20 sein.</translation>
    </message>
    <message>
        <source>The analysis could not be started ({name}): {name2}</source>
        <translation>Die Analyse konnte nicht beginnen ({name}): {name2}</translation>
    </message>
    <message>
        <source>The result could not be written ({name}): {name2}</source>
        <translation>Das Ergebnis konnte nicht geschrieben werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>The measurements of the earlier analysis could not be copied ({name}): {name2}</source>
        <translation>Die Messwerte der früheren Analyse konnten nicht kopiert werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>No utterances detected. The sound is kept.</source>
        <translation>Keine Äußerungen gefunden. Der Ton bleibt erhalten.</translation>
    </message>
    <message>
        <source>The session was cancelled.</source>
        <translation>Die Sitzung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Recording ended: the system ended the recorder.</source>
        <translation>Aufnahme zu Ende: Das System hat den Rekorder beendet.</translation>
    </message>
    <message>
        <source>Recording ended: The disk is full.</source>
        <translation>Aufnahme zu Ende: Die Platte ist voll.</translation>
    </message>
    <message>
        <source>Everything recorded until then is kept.</source>
        <translation>Alles bis dahin Aufgenommene bleibt erhalten.</translation>
    </message>
    <message>
        <source>Recording ended: {name}</source>
        <translation>Aufnahme zu Ende: {name}</translation>
    </message>
    <message>
        <source>The session expired. What was heard is kept.</source>
        <translation>Die Sitzung ist abgelaufen. Was gehört wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>What was heard is kept.</source>
        <translation>Was gehört wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>This session is over; add the marker to its conversation instead.</source>
        <translation>Diese Sitzung ist vorbei; setzen Sie die Marke in ihrem Gespräch.</translation>
    </message>
    <message>
        <source>The app was closed while this was recorded; it can be taken up again.</source>
        <translation>Die App wurde während dieser Aufnahme geschlossen; sie lässt sich wieder aufnehmen.</translation>
    </message>
    <message>
        <source>There is no recording {name} to take up.</source>
        <translation>Es gibt keine Aufnahme {name}, die sich fortsetzen ließe.</translation>
    </message>
    <message>
        <source>There is no conversation {name}.</source>
        <translation>Es gibt kein Gespräch {name}.</translation>
    </message>
    <message>
        <source>The conversation {name} has no result yet.</source>
        <translation>Das Gespräch {name} hat noch kein Ergebnis.</translation>
    </message>
    <message>
        <source>The conversation {name} has no result of run {n}.</source>
        <translation>Das Gespräch {name} hat kein Ergebnis von Durchgang {n}.</translation>
    </message>
    <message>
        <source>The conversation of this analysis was deleted.</source>
        <translation>Das Gespräch dieser Analyse wurde gelöscht.</translation>
    </message>
    <message>
        <source>This conversation was changed elsewhere meanwhile; look at it as it is now. Nothing was done.</source>
        <translation>Dieses Gespräch wurde inzwischen anderswo geändert; sehen Sie es an, wie es jetzt ist. Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>The folder cannot be made ({name}): {name2}</source>
        <translation>Der Ordner lässt sich nicht anlegen ({name}): {name2}</translation>
    </message>
    <message>
        <source>The data folder cannot be used ({name}): {name2}</source>
        <translation>Der Datenordner lässt sich nicht benutzen ({name}): {name2}</translation>
    </message>
    <message>
        <source>The recording could not be copied into the library ({name}): {name2}</source>
        <translation>Die Aufnahme konnte nicht in die Bibliothek kopiert werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>The conversation could not be deleted ({name}): {name2}</source>
        <translation>Das Gespräch konnte nicht gelöscht werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>Part of a deleted conversation could not be removed yet ({name}): {name2}</source>
        <translation>Ein Teil eines gelöschten Gesprächs konnte noch nicht entfernt werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>There is no finished analysis at {name}</source>
        <translation>Es gibt keine fertige Analyse in {name}</translation>
    </message>
    <message>
        <source>The result of the analysis cannot be written: {name}</source>
        <translation>Das Ergebnis der Analyse lässt sich nicht schreiben: {name}</translation>
    </message>
    <message>
        <source>The analysis kept at {name} cannot be read: its manifest is damaged.</source>
        <translation>Die Analyse in {name} lässt sich nicht lesen: Ihr Verzeichnis ist beschädigt.</translation>
    </message>
    <message>
        <source>The analysis kept at {name} cannot be read: {name2}</source>
        <translation>Die Analyse in {name} lässt sich nicht lesen: {name2}</translation>
    </message>
    <message>
        <source>The track {name} does not have the columns that it should.</source>
        <translation>Die Spur {name} hat nicht die Spalten, die sie haben sollte.</translation>
    </message>
    <message>
        <source>The track {name} cannot be read: {name2}</source>
        <translation>Die Spur {name} lässt sich nicht lesen: {name2}</translation>
    </message>
    <message>
        <source>The library&apos;s database is missing or empty, but there are conversations: {name}. Restore it from a backup, or move the folder {name2} away to start anew.</source>
        <translation>Die Datenbank der Bibliothek fehlt oder ist leer, aber es gibt Gespräche: {name}. Stellen Sie sie aus einer Sicherung wieder her, oder verschieben Sie den Ordner {name2}, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>This database is not a library of IlloDesk; nothing was changed: {name}</source>
        <translation>Diese Datenbank ist keine Bibliothek von IlloDesk; nichts wurde geändert: {name}</translation>
    </message>
    <message>
        <source>The library&apos;s database is damaged and was left as it is: {name}. Restore it from a backup; the recordings beside it are untouched.</source>
        <translation>Die Datenbank der Bibliothek ist beschädigt und blieb, wie sie ist: {name}. Stellen Sie sie aus einer Sicherung wieder her; die Aufnahmen daneben sind unberührt.</translation>
    </message>
    <message>
        <source>Another program is writing to the library; try again in a moment.</source>
        <translation>Ein anderes Programm schreibt gerade in die Bibliothek; versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The disk is full; the library could not be written: {name}</source>
        <translation>Die Platte ist voll; die Bibliothek konnte nicht geschrieben werden: {name}</translation>
    </message>
    <message>
        <source>The library cannot be read or written ({name}): {name2}</source>
        <translation>Die Bibliothek lässt sich nicht lesen oder schreiben ({name}): {name2}</translation>
    </message>
    <message>
        <source>This library was written by a newer version of IlloDesk (its database is at {name}, this version knows {name2}). Update IlloDesk, or choose another data folder: {name3}</source>
        <translation>Diese Bibliothek wurde von einer neueren Version von IlloDesk geschrieben (ihre Datenbank ist bei {name}, diese Version kennt {name2}). Aktualisieren Sie IlloDesk, oder wählen Sie einen anderen Datenordner: {name3}</translation>
    </message>
    <message>
        <source>The library could not be brought to this version; it was left as it was: {name}</source>
        <translation>Die Bibliothek ließ sich nicht auf diese Version bringen; sie blieb, wie sie war: {name}</translation>
    </message>
    <message>
        <source>There is nothing to change.</source>
        <translation>Es gibt nichts zu ändern.</translation>
    </message>
    <message>
        <source>To merge speakers takes at least two.</source>
        <translation>Zum Zusammenlegen braucht es mindestens zwei Sprecher.</translation>
    </message>
    <message>
        <source>There is no such marker; it may have been removed.</source>
        <translation>Diese Marke gibt es nicht; vielleicht wurde sie entfernt.</translation>
    </message>
    <message>
        <source>There is no such annotation; it may have been removed.</source>
        <translation>Diese Annotation gibt es nicht; vielleicht wurde sie entfernt.</translation>
    </message>
    <message>
        <source>A tier needs a name.</source>
        <translation>Eine Annotationsspur braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is a tier &apos;{name}&apos; already.</source>
        <translation>Es gibt schon eine Spur „{name}“.</translation>
    </message>
    <message>
        <source>There is no tier &apos;{name}&apos;.</source>
        <translation>Es gibt keine Spur „{name}“.</translation>
    </message>
    <message>
        <source>An annotation must end after it begins.</source>
        <translation>Eine Annotation muss nach ihrem Anfang enden.</translation>
    </message>
    <message>
        <source>A turn can only be divided between two of its words.</source>
        <translation>Ein Redebeitrag lässt sich nur zwischen zwei seiner Wörter teilen.</translation>
    </message>
    <message>
        <source>There is no time between these two words, so that the turn cannot be divided there.</source>
        <translation>Zwischen diesen beiden Wörtern liegt keine Zeit, deshalb lässt sich der Redebeitrag dort nicht teilen.</translation>
    </message>
    <message>
        <source>There is such a part already.</source>
        <translation>Diesen Teil gibt es schon.</translation>
    </message>
    <message>
        <source>There is an annotation at this time on &apos;{name}&apos; already.</source>
        <translation>Zu dieser Zeit gibt es auf „{name}“ schon eine Annotation.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a value of &apos;{name2}&apos;: {name3}.</source>
        <translation>„{name}“ ist kein Wert von „{name2}“: {name3}.</translation>
    </message>
    <message>
        <source>A title cannot be empty.</source>
        <translation>Ein Titel darf nicht leer sein.</translation>
    </message>
    <message>
        <source>There is a file of this name already: {name}</source>
        <translation>Es gibt schon eine Datei dieses Namens: {name}</translation>
    </message>
    <message>
        <source>The export could not be written ({name}): {name2}</source>
        <translation>Der Export konnte nicht geschrieben werden ({name}): {name2}</translation>
    </message>
    <message>
        <source>The export was stopped. Nothing was written.</source>
        <translation>Der Export wurde angehalten. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>There are no moments or markers in this conversation to cut clips of.</source>
        <translation>In diesem Gespräch gibt es keine Momente oder Marken, von denen sich Ausschnitte machen ließen.</translation>
    </message>
    <message>
        <source>There is no sound at this time of the recording.</source>
        <translation>Zu dieser Zeit der Aufnahme gibt es keinen Ton.</translation>
    </message>
    <message>
        <source>FLAC holds {n} channels, and this recording has {n2}. Choose WAV.</source>
        <translation>FLAC fasst {n} Kanäle, und diese Aufnahme hat {n2}. Wählen Sie WAV.</translation>
    </message>
    <message>
        <source>The recording of this conversation was not kept, so there is no sound to export.</source>
        <translation>Die Aufnahme dieses Gesprächs wurde nicht behalten, deshalb gibt es keinen Ton zu exportieren.</translation>
    </message>
    <message>
        <source>The recording could not be read.</source>
        <translation>Die Aufnahme konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The recording has no picture.</source>
        <translation>Die Aufnahme hat kein Bild.</translation>
    </message>
    <message>
        <source>The recording cannot be read, so it cannot be shown.</source>
        <translation>Die Aufnahme lässt sich nicht lesen und deshalb nicht zeigen.</translation>
    </message>
    <message>
        <source>The recording cannot be read, so it cannot be heard.</source>
        <translation>Die Aufnahme lässt sich nicht lesen und deshalb nicht hören.</translation>
    </message>
    <message>
        <source>The picture cannot be read any further.</source>
        <translation>Das Bild lässt sich nicht weiter lesen.</translation>
    </message>
    <message>
        <source>The recording cannot be read any further.</source>
        <translation>Die Aufnahme lässt sich nicht weiter lesen.</translation>
    </message>
    <message>
        <source>There is no loudspeaker or headphone that a tone could be played on.</source>
        <translation>Es gibt keinen Lautsprecher oder Kopfhörer, auf dem ein Ton gespielt werden könnte.</translation>
    </message>
    <message>
        <source>The loudspeaker does not answer.</source>
        <translation>Der Lautsprecher antwortet nicht.</translation>
    </message>
    <message>
        <source>The sound devices cannot be listed.</source>
        <translation>Die Tongeräte lassen sich nicht auflisten.</translation>
    </message>
    <message>
        <source>The sound system does not answer. Unplugging the newest device, or a restart, may help.</source>
        <translation>Das Tonsystem antwortet nicht. Das neueste Gerät abzuziehen oder ein Neustart kann helfen.</translation>
    </message>
    <message>
        <source>There is no sound server (PulseAudio or PipeWire).</source>
        <translation>Es gibt keinen Tonserver (PulseAudio oder PipeWire).</translation>
    </message>
    <message>
        <source>The sound server does not answer.</source>
        <translation>Der Tonserver antwortet nicht.</translation>
    </message>
    <message>
        <source>The sound server has ended.</source>
        <translation>Der Tonserver wurde beendet.</translation>
    </message>
    <message>
        <source>The devices cannot be listened to: {name}.</source>
        <translation>Die Geräte lassen sich nicht abhören: {name}.</translation>
    </message>
    <message>
        <source>The recording cannot be started: {name}.</source>
        <translation>Die Aufnahme lässt sich nicht starten: {name}.</translation>
    </message>
    <message>
        <source>The recorder has ended unexpectedly.</source>
        <translation>Der Rekorder wurde unerwartet beendet.</translation>
    </message>
    <message>
        <source>The recorder does not answer.</source>
        <translation>Der Rekorder antwortet nicht.</translation>
    </message>
    <message>
        <source>The recorder does not stop. What it recorded is kept.</source>
        <translation>Der Rekorder hält nicht an. Was er aufgenommen hat, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The recorder cannot be reached: {name}.</source>
        <translation>Der Rekorder ist nicht erreichbar: {name}.</translation>
    </message>
    <message>
        <source>The disk is full. Everything recorded until then is kept.</source>
        <translation>Die Platte ist voll. Alles bis dahin Aufgenommene bleibt erhalten.</translation>
    </message>
    <message>
        <source>The disk takes no more sound ({name}). Everything recorded until then is kept.</source>
        <translation>Die Platte nimmt keinen Ton mehr auf ({name}). Alles bis dahin Aufgenommene bleibt erhalten.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to record. Free some, or record elsewhere.</source>
        <translation>Auf der Platte ist nicht genug Platz für eine Aufnahme. Schaffen Sie Platz, oder nehmen Sie anderswo auf.</translation>
    </message>
    <message>
        <source>There is no sound in {name}.</source>
        <translation>In {name} ist kein Ton.</translation>
    </message>
    <message>
        <source>{name} is still being recorded.</source>
        <translation>{name} wird noch aufgenommen.</translation>
    </message>
    <message>
        <source>{name} holds a recording already.</source>
        <translation>{name} enthält schon eine Aufnahme.</translation>
    </message>
    <message>
        <source>Nothing is recording into {name}.</source>
        <translation>Nichts nimmt in {name} auf.</translation>
    </message>
    <message>
        <source>There is no readable recording in {name}.</source>
        <translation>In {name} ist keine lesbare Aufnahme.</translation>
    </message>
    <message>
        <source>The recording {name} is damaged and may hold more than could be read. It is kept.</source>
        <translation>Die Aufnahme {name} ist beschädigt und enthält vielleicht mehr, als sich lesen ließ. Sie bleibt erhalten.</translation>
    </message>
    <message>
        <source>The recording {name} cannot be written as FLAC ({name2}). It is kept as it is.</source>
        <translation>Die Aufnahme {name} lässt sich nicht als FLAC schreiben ({name2}). Sie bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>{name} cannot be read back ({name2}). The recording is kept.</source>
        <translation>{name} lässt sich nicht zurücklesen ({name2}). Die Aufnahme bleibt erhalten.</translation>
    </message>
    <message>
        <source>{name} is not what was recorded. The recording is kept.</source>
        <translation>{name} ist nicht, was aufgenommen wurde. Die Aufnahme bleibt erhalten.</translation>
    </message>
    <message>
        <source>{name} is gone.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{name} is not there.</source>
        <translation>{name} ist nicht da.</translation>
    </message>
    <message>
        <source>Port {n} is in use by another program, perhaps another IlloDesk. Choose another one with --port.</source>
        <translation>Port {n} wird von einem anderen Programm benutzt, vielleicht von einem anderen IlloDesk. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Port {n} may not be used by this user. Choose one above 1023 with --port.</source>
        <translation>Port {n} darf von diesem Benutzer nicht benutzt werden. Wählen Sie einen über 1023.</translation>
    </message>
    <message>
        <source>{name} is not an address of this machine.</source>
        <translation>{name} ist keine Adresse dieses Rechners.</translation>
    </message>
    <message>
        <source>There is no address called {name}.</source>
        <translation>Es gibt keine Adresse {name}.</translation>
    </message>
    <message>
        <source>The server cannot listen at {name}, port {n}: {name2}.</source>
        <translation>Der Server kann nicht auf {name}, Port {n} lauschen: {name2}.</translation>
    </message>
    <message>
        <source>The server did not start; the log says why.</source>
        <translation>Der Server ist nicht gestartet; das Protokoll sagt, warum.</translation>
    </message>
    <message>
        <source>A key needs a name, so that you know later whose it is.</source>
        <translation>Ein Schlüssel braucht einen Namen, damit Sie später wissen, wem er gehört.</translation>
    </message>
    <message>
        <source>The key {name} was revoked and cannot be rotated. Make a new one.</source>
        <translation>Der Schlüssel {name} wurde widerrufen und lässt sich nicht erneuern. Legen Sie einen neuen an.</translation>
    </message>
    <message>
        <source>{item} and {last}</source>
        <translation>{item} und {last}</translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message>
        <source>Pseudonymise</source>
        <translation>Pseudonymisieren</translation>
    </message>
    <message>
        <source>Replaces names by Speaker A, Speaker B, … and leaves the title out.</source>
        <translation>Ersetzt Namen durch Speaker A, Speaker B, … und lässt den Titel weg.</translation>
    </message>
    <message>
        <source>Also replace: names, places, …</source>
        <translation>Auch ersetzen: Namen, Orte, …</translation>
    </message>
    <message>
        <source>Further words to replace, separated by commas</source>
        <translation>Weitere zu ersetzende Wörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Include audio</source>
        <translation>Mit Ton</translation>
    </message>
    <message>
        <source>Known names are replaced: those of speakers, the title and what you add here. Other names that are spoken stay.</source>
        <translation>Bekannte Namen werden ersetzt: die der Sprecher, der Titel und was Sie hier hinzufügen. Andere gesprochene Namen bleiben.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Audio from, h:mm:ss</source>
        <translation>Ton von, h:mm:ss</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Audio to, h:mm:ss</source>
        <translation>Ton bis, h:mm:ss</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Audio is not pseudonymised: people can be recognised by their voices.</source>
        <translation>Der Ton wird nicht pseudonymisiert: Menschen sind an der Stimme zu erkennen.</translation>
    </message>
    <message>
        <source>“{text}” is not a time; use h:mm:ss.</source>
        <translation>„{text}“ ist keine Zeit; h:mm:ss schreiben.</translation>
    </message>
    <message>
        <source>The end must be after the start.</source>
        <translation>Das Ende muss nach dem Anfang liegen.</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Folder for the exports</source>
        <translation>Ordner für die Exporte</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>The export was stopped.</source>
        <translation>Der Export wurde angehalten.</translation>
    </message>
    <message>
        <source>Files written so far are kept.</source>
        <translation>Bisher geschriebene Dateien bleiben.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>{n} could not be written. {reasons}</source>
        <translation>{n} konnten nicht geschrieben werden. {reasons}</translation>
    </message>
    <message>
        <source>Files written: {n}</source>
        <translation>Geschriebene Dateien: {n}</translation>
    </message>
    <message>
        <source>Export one conversation</source>
        <translation>Ein Gespräch exportieren</translation>
    </message>
    <message>
        <source>Export {n} conversations</source>
        <translation>{n} Gespräche exportieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>FigureModel</name>
    <message>
        <source>Mean or count</source>
        <translation>Mittel oder Anzahl</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Utterances</source>
        <translation>Äußerungen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>Quality, 0 to 100</source>
        <translation>Qualität, 0 bis 100</translation>
    </message>
    <message>
        <source>Share of the talk</source>
        <translation>Redeanteil</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Title or file</source>
        <translation>Titel, Datei</translation>
    </message>
    <message>
        <source>Filter by title or file</source>
        <translation>Nach Titel oder Datei filtern</translation>
    </message>
    <message>
        <source>Any tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>Jeder Zustand</translation>
    </message>
    <message>
        <source>Any purpose</source>
        <translation>Jeder Zweck</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jede Zeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 365 days</source>
        <translation>Letzte 365 Tage</translation>
    </message>
    <message>
        <source>Between…</source>
        <translation>Zwischen …</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Filter by tag</source>
        <translation>Nach Schlagwort filtern</translation>
    </message>
    <message>
        <source>Filter by state</source>
        <translation>Nach Zustand filtern</translation>
    </message>
    <message>
        <source>Filter by purpose</source>
        <translation>Nach Zweck filtern</translation>
    </message>
    <message>
        <source>Filter by date</source>
        <translation>Nach Datum filtern</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nichts gefunden</translation>
    </message>
</context>
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
    <name>Form</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>FormatChoices</name>
    <message>
        <source>Word tier for each speaker</source>
        <translation>Wortspur für jeden Sprecher</translation>
    </message>
    <message>
        <source>Say who speaks</source>
        <translation>Sagen, wer spricht</translation>
    </message>
    <message>
        <source>Times of words</source>
        <translation>Zeiten der Wörter</translation>
    </message>
    <message>
        <source>Times of utterances</source>
        <translation>Zeiten der Äußerungen</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Decimal comma</source>
        <translation>Dezimalkomma</translation>
    </message>
    <message>
        <source>Compact, without line breaks</source>
        <translation>Kompakt, ohne Zeilenumbrüche</translation>
    </message>
    <message>
        <source>Characters in a line</source>
        <translation>Zeichen je Zeile</translation>
    </message>
    <message>
        <source>Lines of a subtitle</source>
        <translation>Zeilen je Untertitel</translation>
    </message>
    <message>
        <source>Between cells</source>
        <translation>Zwischen Zellen</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Strichpunkt</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>Paper size</source>
        <translation>Papierformat</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>Word document</source>
        <translation>Word-Dokument</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Subtitles, SRT</source>
        <translation>Untertitel, SRT</translation>
    </message>
    <message>
        <source>Subtitles, WebVTT</source>
        <translation>Untertitel, WebVTT</translation>
    </message>
    <message>
        <source>ELAN, EAF</source>
        <translation>ELAN, EAF</translation>
    </message>
    <message>
        <source>Praat, TextGrid</source>
        <translation>Praat, TextGrid</translation>
    </message>
    <message>
        <source>Table of utterances, CSV</source>
        <translation>Tabelle der Äußerungen, CSV</translation>
    </message>
    <message>
        <source>Table of words, CSV</source>
        <translation>Tabelle der Wörter, CSV</translation>
    </message>
    <message>
        <source>Table of prosody, CSV</source>
        <translation>Tabelle der Prosodie, CSV</translation>
    </message>
    <message>
        <source>Full result, JSON</source>
        <translation>Ganzes Ergebnis, JSON</translation>
    </message>
    <message>
        <source>Audio clips of moments, ZIP</source>
        <translation>Ausschnitte der Momente, ZIP</translation>
    </message>
    <message>
        <source>Audio, FLAC</source>
        <translation>Ton, FLAC</translation>
    </message>
    <message>
        <source>Audio, WAV</source>
        <translation>Ton, WAV</translation>
    </message>
    <message>
        <source>The report as one self-contained web page, with plots and audio.</source>
        <translation>Der Bericht als eine einzige Webseite, mit Kurven und Ton.</translation>
    </message>
    <message>
        <source>The report as Markdown text.</source>
        <translation>Der Bericht als Markdown-Text.</translation>
    </message>
    <message>
        <source>The audio of every moment and marker, each as a FLAC file.</source>
        <translation>Der Ton jedes Moments und jeder Marke, je eine FLAC-Datei.</translation>
    </message>
    <message>
        <source>The recording or a part of it, losslessly compressed.</source>
        <translation>Die Aufnahme oder ein Teil davon, verlustfrei komprimiert.</translation>
    </message>
    <message>
        <source>The recording or a part of it, uncompressed.</source>
        <translation>Die Aufnahme oder ein Teil davon, unkomprimiert.</translation>
    </message>
    <message>
        <source>A report with overview, tables and transcript, for word processors.</source>
        <translation>Ein Bericht mit Überblick, Tabellen und Transkript für Textprogramme.</translation>
    </message>
    <message>
        <source>The report to print.</source>
        <translation>Der Bericht zum Drucken.</translation>
    </message>
    <message>
        <source>The transcript with times and speakers.</source>
        <translation>Das Transkript mit Zeiten und Sprechern.</translation>
    </message>
    <message>
        <source>Subtitles for video players.</source>
        <translation>Untertitel für Videoprogramme.</translation>
    </message>
    <message>
        <source>Subtitles for web pages, with speakers.</source>
        <translation>Untertitel für Webseiten, mit Sprechern.</translation>
    </message>
    <message>
        <source>Tiers for ELAN: speakers, words, emotions, moments and your own.</source>
        <translation>Spuren für ELAN: Sprecher, Wörter, Emotionen, Momente und eigene.</translation>
    </message>
    <message>
        <source>Tiers for Praat: speakers, words, emotions, moments and your own.</source>
        <translation>Spuren für Praat: Sprecher, Wörter, Emotionen, Momente und eigene.</translation>
    </message>
    <message>
        <source>One row for each utterance, with its scores.</source>
        <translation>Eine Zeile je Äußerung, mit ihren Werten.</translation>
    </message>
    <message>
        <source>One row for each word, with its times.</source>
        <translation>Eine Zeile je Wort, mit seinen Zeiten.</translation>
    </message>
    <message>
        <source>One row for every 10 ms: pitch, intensity and the other prosody.</source>
        <translation>Eine Zeile je 10 ms: Tonhöhe, Intensität und die übrige Prosodie.</translation>
    </message>
    <message>
        <source>The whole result and its tracks in one file.</source>
        <translation>Das ganze Ergebnis mit seinen Kurven in einer Datei.</translation>
    </message>
</context>
<context>
    <name>Hits</name>
    <message>
        <source>{title}, hits: {n}</source>
        <translation>{title}, Treffer: {n}</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>ImportOptions</name>
    <message>
        <source>find out</source>
        <translation>herausfinden</translation>
    </message>
    <message>
        <source>one person each</source>
        <translation>je eine Person</translation>
    </message>
    <message>
        <source>everybody together</source>
        <translation>alle zusammen</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Select a turn, a moment or a phase to see its scores and why they are so.</source>
        <translation>Einen Redebeitrag, einen Moment oder eine Phase wählen, um Werte und Gründe zu sehen.</translation>
    </message>
    <message>
        <source>Voice: {description}</source>
        <translation>Stimme: {description}</translation>
    </message>
    <message>
        <source>Words recognised with confidence {value}</source>
        <translation>Wörter erkannt mit Sicherheit {value}</translation>
    </message>
    <message>
        <source>Recognised as: “{text}”</source>
        <translation>Erkannt als: „{text}“</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tonfall</translation>
    </message>
    <message>
        <source>speaker assigned with confidence {value}</source>
        <translation>Sprecher zugeordnet mit Sicherheit {value}</translation>
    </message>
    <message>
        <source>This turn was divided. The voice was measured over the whole of it, and so were the words until the scores are recomputed.</source>
        <translation>Dieser Redebeitrag wurde geteilt. Die Stimme wurde über den ganzen Beitrag gemessen, und ebenso die Wörter, bis die Werte neu berechnet werden.</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Needs review by a person before anyone acts on it.</source>
        <translation>Bevor jemand danach handelt, muss ein Mensch es prüfen.</translation>
    </message>
    <message>
        <source>Starts with: {signal}</source>
        <translation>Beginnt mit: {signal}</translation>
    </message>
    <message>
        <source>Change of state</source>
        <translation>Zustandswechsel</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>Marker {key}</source>
        <translation>Marke {key}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Remove the marker</source>
        <translation>Marke entfernen</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Annotation</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Remove the annotation</source>
        <translation>Annotation entfernen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>rules of IlloDesk {version}</source>
        <translation>Regeln von IlloDesk {version}</translation>
    </message>
</context>
<context>
    <name>JobDelegate</name>
    <message>
        <source>Cancel this recording (Delete)</source>
        <translation>Diese Aufnahme abbrechen (Entf)</translation>
    </message>
</context>
<context>
    <name>LaneHeader</name>
    <message>
        <source>Alt+Up and Alt+Down move it, Alt+Shift+Up and Alt+Shift+Down change its height, Delete hides it.</source>
        <translation>Alt+Auf und Alt+Ab verschieben sie, Alt+Umschalt+Auf und Alt+Umschalt+Ab ändern die Höhe, Entf blendet sie aus.</translation>
    </message>
    <message>
        <source>Lane {name}</source>
        <translation>Bahn {name}</translation>
    </message>
    <message>
        <source>Hide {name}</source>
        <translation>{name} ausblenden</translation>
    </message>
    <message>
        <source>{name}: drag the grip to move it, its lower edge to change its height</source>
        <translation>{name}: am Griff verschieben, an der Unterkante die Höhe ändern</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} bis {end}</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>Annotieren</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>New tier</source>
        <translation>Neue Spur</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Whom a tier is about</source>
        <translation>Von wem eine Spur handelt</translation>
    </message>
    <message>
        <source>Remove a tier</source>
        <translation>Spur entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>Auf die Auswahl zoomen</translation>
    </message>
    <message>
        <source>Begin the selection at the playhead</source>
        <translation>Auswahl am Abspielpunkt beginnen</translation>
    </message>
    <message>
        <source>End the selection at the playhead</source>
        <translation>Auswahl am Abspielpunkt beenden</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>Read the values at the playhead</source>
        <translation>Werte am Abspielpunkt vorlesen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Lanes as they come</source>
        <translation>Bahnen wie vorgesehen</translation>
    </message>
    <message>
        <source>Lane: {name}</source>
        <translation>Bahn: {name}</translation>
    </message>
    <message>
        <source>Move the annotation to tier</source>
        <translation>Annotation in Spur verschieben</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Bahnen</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>emotion: not enough evidence</source>
        <translation>Emotion: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>No speech was found in this recording.</source>
        <translation>In dieser Aufnahme wurde keine Rede gefunden.</translation>
    </message>
    <message>
        <source>There was not enough evidence for {name} anywhere.</source>
        <translation>Für {name} gab es nirgends genug Anhaltspunkte.</translation>
    </message>
    <message>
        <source>{name}: not enough evidence</source>
        <translation>{name}: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>Pitch, level</source>
        <translation>Tonhöhe, Pegel</translation>
    </message>
    <message>
        <source>F0 {hertz} Hz</source>
        <translation>F0 {hertz} Hz</translation>
    </message>
    <message>
        <source>level {level} dBFS</source>
        <translation>Pegel {level} dBFS</translation>
    </message>
    <message>
        <source>Rate, pauses</source>
        <translation>Tempo, Pausen</translation>
    </message>
    <message>
        <source>{name}: rate unknown</source>
        <translation>{name}: Tempo unbekannt</translation>
    </message>
    <message>
        <source>{name}: {rate} syllables/s</source>
        <translation>{name}: {rate} Silben/s</translation>
    </message>
    <message>
        <source>pause of {length} s</source>
        <translation>Pause von {length} s</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>The quality of the sound was not measured.</source>
        <translation>Die Qualität des Tons wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>{ratio} dB over the background</source>
        <translation>{ratio} dB über dem Hintergrund</translation>
    </message>
    <message>
        <source>signal quality: not enough evidence</source>
        <translation>Signalqualität: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>übersteuert</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>verrauscht</translation>
    </message>
    <message>
        <source>telephone band</source>
        <translation>Telefonband</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>leise</translation>
    </message>
    <message>
        <source>short</source>
        <translation>kurz</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>Valenz</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>Dominance</source>
        <translation>Dominanz</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Belastung</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Fokus</translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation>Beteiligung</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>nobody speaks</source>
        <translation>niemand spricht</translation>
    </message>
    <message>
        <source>{names} speak at the same time</source>
        <translation>{names} sprechen gleichzeitig</translation>
    </message>
    <message>
        <source>{name} speaks</source>
        <translation>{name} spricht</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>Reading the sound…</source>
        <translation>Der Ton wird gelesen …</translation>
    </message>
    <message>
        <source>The recording was not kept, so there is no spectrogram.</source>
        <translation>Die Aufnahme wurde nicht behalten, darum gibt es kein Spektrogramm.</translation>
    </message>
    <message>
        <source>Zoom in to less than {minutes} minutes to see the spectrogram.</source>
        <translation>Auf weniger als {minutes} Minuten vergrößern, um das Spektrogramm zu sehen.</translation>
    </message>
    <message>
        <source>The recording cannot be read.</source>
        <translation>Die Aufnahme kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>strongest at {hertz} Hz</source>
        <translation>am stärksten bei {hertz} Hz</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>No moments were found, and nothing is marked yet.</source>
        <translation>Es wurden keine Momente gefunden, und noch ist nichts markiert.</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>It was not divided into phases: too little was said.</source>
        <translation>Es wurde nicht in Phasen geteilt: Dafür wurde zu wenig gesagt.</translation>
    </message>
    <message>
        <source>Own tiers</source>
        <translation>Eigene Spuren</translation>
    </message>
    <message>
        <source>Nothing is on this tier yet. Select a stretch of time and annotate it.</source>
        <translation>Auf dieser Spur ist noch nichts. Ein Stück Zeit auswählen und annotieren.</translation>
    </message>
    <message>
        <source>Choose lanes</source>
        <translation>Bahnen wählen</translation>
    </message>
    <message>
        <source>Show and hide lanes</source>
        <translation>Bahnen zeigen und ausblenden</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>There is no analysis of it yet. Analyse it, and its lanes appear here.</source>
        <translation>Es gibt noch keine Analyse. Nach der Analyse erscheinen hier die Bahnen.</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>Nichts ist geöffnet.</translation>
    </message>
    <message>
        <source>The lanes cannot be drawn.</source>
        <translation>Die Bahnen können nicht gezeichnet werden.</translation>
    </message>
    <message>
        <source>This analysis kept no such track. Analyse the recording again to see it.</source>
        <translation>Diese Analyse hat keine solche Kurve behalten. Die Aufnahme noch einmal analysieren, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>{name} peak {level} dBFS</source>
        <translation>{name} Spitze {level} dBFS</translation>
    </message>
    <message>
        <source>{start} to {end}, {length} s</source>
        <translation>{start} bis {end}, {length} s</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
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
    <name>LevelMeter</name>
    <message>
        <source>{n} dB of full scale</source>
        <translation>{n} dBFS</translation>
    </message>
    <message>
        <source>{level}, too loud</source>
        <translation>{level}, zu laut</translation>
    </message>
    <message>
        <source>CLIP</source>
        <translation>CLIP</translation>
    </message>
    <message>
        <source>{n} dB</source>
        <translation>{n} dB</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Level of each channel, −60 to 0 dB, marks at −40, −20 and −6 dB</source>
        <translation>Pegel jedes Kanals, −60 bis 0 dB, Striche bei −40, −20 und −6 dB</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Drop to import</source>
        <translation>Zum Importieren ablegen</translation>
    </message>
    <message>
        <source>Search what was said</source>
        <translation>Gesagtes suchen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Drop recordings here, record, or open the demo</source>
        <translation>Aufnahmen hier ablegen, aufnehmen oder das Beispiel öffnen</translation>
    </message>
    <message>
        <source>Files or whole folders, sound or video. They are copied, and analysed on this machine only.</source>
        <translation>Dateien oder ganze Ordner, Ton oder Video. Sie werden kopiert und nur auf diesem Rechner analysiert.</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren …</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Ordner importieren …</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>No conversation matches</source>
        <translation>Kein Gespräch passt</translation>
    </message>
    <message>
        <source>Nothing is lost: the filters leave it out.</source>
        <translation>Nichts ist verloren: Die Filter lassen es aus.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>What you delete stays here for a while.</source>
        <translation>Gelöschtes bleibt eine Weile hier.</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Every word must be in one utterance. Recognised words may be wrong: try fewer, or their beginnings.</source>
        <translation>Alle Wörter müssen in einer Äußerung stehen. Erkannte Wörter können falsch sein: weniger Wörter versuchen, oder ihre Anfänge.</translation>
    </message>
    <message>
        <source>Nothing was found here</source>
        <translation>Hier nichts gefunden</translation>
    </message>
    <message>
        <source>The search looks only into what the project and the filters let through.</source>
        <translation>Die Suche sieht nur in das, was das Projekt und die Filter durchlassen.</translation>
    </message>
    <message>
        <source>Search everywhere</source>
        <translation>Überall suchen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>1 Treffer</translation>
    </message>
    <message>
        <source>{n} hits in 1 conversation</source>
        <translation>{n} Treffer in 1 Gespräch</translation>
    </message>
    <message>
        <source>{n} hits in {m} conversations</source>
        <translation>{n} Treffer in {m} Gesprächen</translation>
    </message>
    <message>
        <source>There is nothing to open yet: it was not analysed.</source>
        <translation>Noch nichts zu öffnen: Es wurde nicht analysiert.</translation>
    </message>
    <message>
        <source>Still being analysed, so not moved: {n}.</source>
        <translation>Noch in Analyse, deshalb nicht verschoben: {n}.</translation>
    </message>
    <message>
        <source>Wait for them, or cancel them in the import queue; then they can go to the trash.</source>
        <translation>Warten Sie darauf, oder brechen Sie sie in der Warteschlange ab; dann können sie in den Papierkorb.</translation>
    </message>
    <message>
        <source>“{title}” is in the trash.</source>
        <translation>„{title}“ ist im Papierkorb.</translation>
    </message>
    <message>
        <source>{n} conversations are in the trash.</source>
        <translation>{n} Gespräche sind im Papierkorb.</translation>
    </message>
    <message>
        <source>They stay there for {n} days.</source>
        <translation>Dort bleiben sie {n} Tage.</translation>
    </message>
    <message>
        <source>{n} conversations were kept for {days} days and are in the trash now.</source>
        <translation>{n} Gespräche wurden {days} Tage aufbewahrt und sind jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>1 conversation was kept for {days} days and is in the trash now.</source>
        <translation>1 Gespräch wurde {days} Tage aufbewahrt und ist jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>Open the trash</source>
        <translation>Papierkorb öffnen</translation>
    </message>
    <message>
        <source>Delete {n} conversations for good?</source>
        <translation>{n} Gespräche endgültig löschen?</translation>
    </message>
    <message>
        <source>Recordings, analyses and corrections of them will be gone. This cannot be undone.</source>
        <translation>Ihre Aufnahmen, Analysen und Berichtigungen sind dann fort. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>A recording still waits for its analysis.</source>
        <translation>Eine Aufnahme wartet noch auf ihre Analyse.</translation>
    </message>
    <message>
        <source>It was in the queue when IlloDesk ended.</source>
        <translation>Sie war in der Warteschlange, als IlloDesk endete.</translation>
    </message>
    <message>
        <source>They were in the queue when IlloDesk ended.</source>
        <translation>Sie waren in der Warteschlange, als IlloDesk endete.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Import recordings</source>
        <translation>Aufnahmen importieren</translation>
    </message>
    <message>
        <source>Import a folder of recordings</source>
        <translation>Ordner mit Aufnahmen importieren</translation>
    </message>
    <message>
        <source>Demo interview</source>
        <translation>Beispielinterview</translation>
    </message>
    <message>
        <source>Some folders could not be read; what else there was is in the queue.</source>
        <translation>Manche Ordner konnten nicht gelesen werden; was es sonst gab, ist in der Warteschlange.</translation>
    </message>
    <message>
        <source>The folder could not be read.</source>
        <translation>Der Ordner konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>There are no recordings in this folder.</source>
        <translation>In diesem Ordner sind keine Aufnahmen.</translation>
    </message>
    <message>
        <source>Files of sound and video are taken. A file that you name yourself is always tried.</source>
        <translation>Genommen werden Ton- und Videodateien. Eine einzeln gewählte Datei wird immer versucht.</translation>
    </message>
    <message>
        <source>These recordings are in the queue already.</source>
        <translation>Diese Aufnahmen sind schon in der Warteschlange.</translation>
    </message>
    <message>
        <source>Analyse again anyway</source>
        <translation>Trotzdem noch einmal analysieren</translation>
    </message>
    <message>
        <source>“{name}” is in the library already.</source>
        <translation>„{name}“ ist schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{n} recordings are in the library already and were left out.</source>
        <translation>{n} Aufnahmen sind schon in der Bibliothek und wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Name and content are the same.</source>
        <translation>Name und Inhalt sind gleich.</translation>
    </message>
    <message>
        <source>There is nothing to analyse again.</source>
        <translation>Nichts muss noch einmal analysiert werden.</translation>
    </message>
    <message>
        <source>{n} recordings still wait for their analysis.</source>
        <translation>{n} Aufnahmen warten noch auf ihre Analyse.</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>“{name}” could not be analysed.</source>
        <translation>„{name}“ konnte nicht analysiert werden.</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>Warteschlange zeigen</translation>
    </message>
    <message>
        <source>Analyse the demo conversation</source>
        <translation>Das Beispielgespräch analysieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Filter the library</source>
        <translation>Bibliothek filtern</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Tags, project and notes</source>
        <translation>Schlagwörter, Projekt und Notizen</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Noch einmal analysieren</translation>
    </message>
    <message>
        <source>Analyse what failed again</source>
        <translation>Fehlgeschlagenes noch einmal analysieren</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>Aus dem Papierkorb holen</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen …</translation>
    </message>
    <message>
        <source>Read the library again</source>
        <translation>Bibliothek neu lesen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Import queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Spalten …</translation>
    </message>
    <message>
        <source>Pause after this one</source>
        <translation>Nach dieser pausieren</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>Fehlgeschlagenes wiederholen</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Clear what is over</source>
        <translation>Erledigtes ausräumen</translation>
    </message>
    <message>
        <source>Open the chosen recording</source>
        <translation>Gewählte Aufnahme öffnen</translation>
    </message>
    <message>
        <source>Analyse the chosen recording again anyway</source>
        <translation>Gewählte Aufnahme trotzdem noch einmal analysieren</translation>
    </message>
    <message>
        <source>Analyse the chosen recording earlier</source>
        <translation>Gewählte Aufnahme früher analysieren</translation>
    </message>
    <message>
        <source>Analyse the chosen recording later</source>
        <translation>Gewählte Aufnahme später analysieren</translation>
    </message>
    <message>
        <source>Cancel the chosen recordings</source>
        <translation>Gewählte Aufnahmen abbrechen</translation>
    </message>
    <message>
        <source>Sort by: {column}</source>
        <translation>Sortieren nach: {column}</translation>
    </message>
</context>
<context>
    <name>LiveTranscript</name>
    <message>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
    <message>
        <source>Listening. What is said appears here.</source>
        <translation>Hört zu. Was gesagt wird, erscheint hier.</translation>
    </message>
    <message>
        <source>Nothing was said.</source>
        <translation>Es wurde nichts gesagt.</translation>
    </message>
    <message>
        <source>(not understood)</source>
        <translation>(nicht verstanden)</translation>
    </message>
    <message>
        <source>being spoken</source>
        <translation>wird gesprochen</translation>
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
        <source>The page {page} cannot be opened.</source>
        <translation>Die Seite {page} kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Everything else works, and what is kept is safe. The log says why ({kind}).</source>
        <translation>Alles andere geht, und was aufbewahrt ist, ist sicher. Das Protokoll sagt warum ({kind}).</translation>
    </message>
    <message>
        <source>It was stopped from outside, or the computer went off. What was recorded until then is safe.</source>
        <translation>Es wurde von außen beendet, oder der Rechner ging aus. Was bis dahin aufgenommen wurde, ist sicher.</translation>
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
        <source>● Recording - IlloDesk</source>
        <translation>● Aufnahme - IlloDesk</translation>
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
    <name>Marks</name>
    <message>
        <source>Markers and notes</source>
        <translation>Marken und Notizen</translation>
    </message>
    <message>
        <source>Change what the keys are called</source>
        <translation>Namen der Tasten ändern</translation>
    </message>
    <message>
        <source>Note, with the time when you began to write</source>
        <translation>Notiz, mit der Zeit ihres Beginns</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Markers and notes of this recording; Delete removes one</source>
        <translation>Marken und Notizen dieser Aufnahme; Entf entfernt eine</translation>
    </message>
    <message>
        <source>Delete removes the marker that is chosen</source>
        <translation>Entf entfernt die gewählte Marke</translation>
    </message>
    <message>
        <source>Name of marker key {n}</source>
        <translation>Name der Markentaste {n}</translation>
    </message>
    <message>
        <source>Marker {key}</source>
        <translation>Marke {key}</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>Wichtig</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Idea</source>
        <translation>Idee</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>Zweifel</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Marker {n}: {label}</source>
        <translation>Marke {n}: {label}</translation>
    </message>
    <message>
        <source>{label}: press {n}</source>
        <translation>{label}: {n} drücken</translation>
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
    <name>Overview</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Drag the frame or its edges; double click to go there</source>
        <translation>Rahmen oder Kanten ziehen; Doppelklick führt dorthin</translation>
    </message>
    <message>
        <source>Shown: {start} to {end} of {whole}</source>
        <translation>Gezeigt: {start} bis {end} von {whole}</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
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
    <name>PictureView</name>
    <message>
        <source>Picture of the recording</source>
        <translation>Bild der Aufnahme</translation>
    </message>
</context>
<context>
    <name>Playhead</name>
    <message>
        <source>No sound output was found. The playhead moves silently.</source>
        <translation>Keine Tonausgabe gefunden. Der Abspielpunkt läuft stumm.</translation>
    </message>
</context>
<context>
    <name>PlotPanel</name>
    <message>
        <source>Show everything (F)</source>
        <translation>Alles zeigen (F)</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Point with the mouse or the arrow keys. The wheel, + and − zoom.</source>
        <translation>Mit Maus oder Pfeiltasten zeigen. Das Rad, + und − vergrößern und verkleinern.</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} ist gespeichert.</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop: {name}</source>
        <translation>Anhalten: {name}</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What is done already stays, and can be undone.</source>
        <translation>Was schon getan ist, bleibt und lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>{n} of {m} conversations</source>
        <translation>{n} von {m} Gesprächen</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>begins</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>stops; what was heard is kept</source>
        <translation>hält an; was gehört wurde, bleibt</translation>
    </message>
    <message>
        <source>analysed</source>
        <translation>analysiert</translation>
    </message>
    <message>
        <source>is in the library already</source>
        <translation>ist schon in der Bibliothek</translation>
    </message>
    <message>
        <source>stopped; what was heard is kept</source>
        <translation>angehalten; was gehört wurde, bleibt</translation>
    </message>
    <message>
        <source>Something went wrong in IlloDesk itself; the log says where.</source>
        <translation>In IlloDesk selbst ging etwas schief; das Protokoll sagt wo.</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Holds for what is added, and for what waits.</source>
        <translation>Gilt für alles, was hinzukommt, und für alles, was wartet.</translation>
    </message>
    <message>
        <source>Queue: paused, {n} wait</source>
        <translation>Warteschlange: pausiert, {n} warten</translation>
    </message>
    <message>
        <source>Queue: analysing, {n} wait</source>
        <translation>Warteschlange: analysiert, {n} warten</translation>
    </message>
    <message>
        <source>Queue: nothing waits</source>
        <translation>Warteschlange: nichts wartet</translation>
    </message>
    <message>
        <source>, {n} failed</source>
        <translation>, {n} fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Queue of recordings</source>
        <translation>Warteschlange der Aufnahmen</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down change the order, Delete cancels.</source>
        <translation>Alt+Auf und Alt+Ab ändern die Reihenfolge, Entf bricht ab.</translation>
    </message>
</context>
<context>
    <name>Ready</name>
    <message>
        <source>Before you record</source>
        <translation>Vor der Aufnahme</translation>
    </message>
    <message>
        <source>Speak as you will, and watch the level. Everything is written to this computer&apos;s disk while it is heard, before anything is analysed; nothing is sent anywhere.</source>
        <translation>Sprechen wie gewohnt und auf den Pegel achten. Alles wird schon beim Hören auf die Platte dieses Rechners geschrieben, vor jeder Analyse; nichts wird irgendwohin gesendet.</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>Not there. Plug it in again, or choose another one.</source>
        <translation>Nicht da. Wieder einstecken oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Too loud, the sound is cut off. Turn the input down.</source>
        <translation>Zu laut, der Ton ist abgeschnitten. Den Eingang leiser stellen.</translation>
    </message>
    <message>
        <source>Too loud, the sound is cut off. Turn what plays down.</source>
        <translation>Zu laut, der Ton ist abgeschnitten. Die Wiedergabe leiser stellen.</translation>
    </message>
    <message>
        <source>Nothing is heard. Is it muted or switched off?</source>
        <translation>Nichts zu hören. Ist es stumm oder ausgeschaltet?</translation>
    </message>
    <message>
        <source>Nothing is playing now.</source>
        <translation>Gerade wird nichts abgespielt.</translation>
    </message>
    <message>
        <source>What plays is heard.</source>
        <translation>Was abgespielt wird, ist zu hören.</translation>
    </message>
    <message>
        <source>The level is good.</source>
        <translation>Der Pegel ist gut.</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Hört zu …</translation>
    </message>
    <message>
        <source>Quiet. Say something; come nearer or turn the input up.</source>
        <translation>Leise. Etwas sagen; näher kommen oder den Eingang lauter stellen.</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Show the newest words</source>
        <translation>Neueste Wörter zeigen</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>nimmt auf</translation>
    </message>
    <message>
        <source>Start or stop the recording</source>
        <translation>Aufnahme beginnen oder anhalten</translation>
    </message>
    <message>
        <source>Pause the recording or go on</source>
        <translation>Aufnahme pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Write a note with its time</source>
        <translation>Notiz mit ihrer Zeit schreiben</translation>
    </message>
    <message>
        <source>Play a test tone</source>
        <translation>Prüfton spielen</translation>
    </message>
    <message>
        <source>A recording is going on.</source>
        <translation>Eine Aufnahme läuft.</translation>
    </message>
    <message>
        <source>It can be stopped now and analysed at the next start. Without the window it would go on unseen.</source>
        <translation>Sie kann jetzt angehalten und beim nächsten Start analysiert werden. Ohne das Fenster liefe sie ungesehen weiter.</translation>
    </message>
    <message>
        <source>Go on recording, close the window</source>
        <translation>Weiter aufnehmen, Fenster schließen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Not recorded.</source>
        <translation>Nicht aufgenommen.</translation>
    </message>
    <message>
        <source>Purpose and consent are written down before the first sample.</source>
        <translation>Zweck und Einwilligung werden vor dem ersten Ton festgehalten.</translation>
    </message>
    <message>
        <source>The purpose is written down. Nothing is noted about consent yet.</source>
        <translation>Der Zweck wird festgehalten. Zur Einwilligung ist noch nichts vermerkt.</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Room for {n} hours.</source>
        <translation>Platz für {n} Stunden.</translation>
    </message>
    <message>
        <source>Room for {n} minutes only. Free some space first.</source>
        <translation>Nur noch Platz für {n} Minuten. Erst Platz schaffen.</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>No source is chosen.</source>
        <translation>Keine Quelle gewählt.</translation>
    </message>
    <message>
        <source>Choose a microphone, or the computer&apos;s sound.</source>
        <translation>Ein Mikrofon oder den Ton des Rechners wählen.</translation>
    </message>
    <message>
        <source>Nothing would be recorded: what is chosen is not there.</source>
        <translation>Nichts würde aufgenommen: Das Gewählte ist nicht da.</translation>
    </message>
    <message>
        <source>Plug it in again, or choose another one.</source>
        <translation>Wieder einstecken oder ein anderes wählen.</translation>
    </message>
    <message>
        <source>Marker {n}: {name}</source>
        <translation>Marke {n}: {name}</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Another recording is going on here.</source>
        <translation>Hier läuft eine andere Aufnahme.</translation>
    </message>
    <message>
        <source>The one that was left behind is safe. Take it up when this one is over.</source>
        <translation>Die liegen gebliebene ist sicher. Übernehmen, sobald diese vorbei ist.</translation>
    </message>
    <message>
        <source>The recording is analysed and kept.</source>
        <translation>Die Aufnahme ist analysiert und wird behalten.</translation>
    </message>
    <message>
        <source>Open the review</source>
        <translation>Durchsicht öffnen</translation>
    </message>
    <message>
        <source>The recording is kept, but it could not be analysed.</source>
        <translation>Die Aufnahme wird behalten, konnte aber nicht analysiert werden.</translation>
    </message>
    <message>
        <source>It can be analysed again from the library.</source>
        <translation>Sie kann von der Bibliothek aus noch einmal analysiert werden.</translation>
    </message>
</context>
<context>
    <name>RemoveTierForm</name>
    <message>
        <source>{name} ({count} annotations)</source>
        <translation>{name} ({count} Annotationen)</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>Spur</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder Pause</translation>
    </message>
    <message>
        <source>Play the selection</source>
        <translation>Auswahl abspielen</translation>
    </message>
    <message>
        <source>Loop the selection or the turn</source>
        <translation>Auswahl oder Redebeitrag wiederholen</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>Dem Abspielpunkt folgen</translation>
    </message>
    <message>
        <source>Back five seconds</source>
        <translation>Fünf Sekunden zurück</translation>
    </message>
    <message>
        <source>Back one second</source>
        <translation>Eine Sekunde zurück</translation>
    </message>
    <message>
        <source>Back a tenth of a second</source>
        <translation>Eine Zehntelsekunde zurück</translation>
    </message>
    <message>
        <source>Play slower</source>
        <translation>Langsamer abspielen</translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation>Schneller abspielen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Previous turn</source>
        <translation>Voriger Redebeitrag</translation>
    </message>
    <message>
        <source>Next turn</source>
        <translation>Nächster Redebeitrag</translation>
    </message>
    <message>
        <source>Forward five seconds</source>
        <translation>Fünf Sekunden vor</translation>
    </message>
    <message>
        <source>Forward one second</source>
        <translation>Eine Sekunde vor</translation>
    </message>
    <message>
        <source>Forward a tenth of a second</source>
        <translation>Eine Zehntelsekunde vor</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Nächste Fundstelle</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Vorige Fundstelle</translation>
    </message>
    <message>
        <source>Copy with times and names</source>
        <translation>Mit Zeiten und Namen kopieren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Correct the text</source>
        <translation>Text berichtigen</translation>
    </message>
    <message>
        <source>Divide the turn here</source>
        <translation>Redebeitrag hier teilen</translation>
    </message>
    <message>
        <source>Rename the speaker</source>
        <translation>Sprecher umbenennen</translation>
    </message>
    <message>
        <source>Select the turn in the lanes</source>
        <translation>Redebeitrag in den Bahnen auswählen</translation>
    </message>
    <message>
        <source>Add a marker at the playhead</source>
        <translation>Marke am Abspielpunkt setzen</translation>
    </message>
    <message>
        <source>Recompute the scores from the corrections</source>
        <translation>Werte aus den Berichtigungen neu berechnen</translation>
    </message>
    <message>
        <source>Re-analyse the recording</source>
        <translation>Aufnahme noch einmal analysieren</translation>
    </message>
    <message>
        <source>Show the summary and phases</source>
        <translation>Zusammenfassung und Phasen zeigen</translation>
    </message>
    <message>
        <source>Show the inspector</source>
        <translation>Inspektor zeigen</translation>
    </message>
    <message>
        <source>Show the affect plane</source>
        <translation>Affektebene zeigen</translation>
    </message>
    <message>
        <source>Compare with another run or conversation</source>
        <translation>Mit anderem Durchgang oder Gespräch vergleichen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>anger</source>
        <translation>Ärger</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>Ekel</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>Furcht</translation>
    </message>
    <message>
        <source>joy</source>
        <translation>Freude</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>sadness</source>
        <translation>Trauer</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>Valence</source>
        <translation>Valenz</translation>
    </message>
    <message>
        <source>Arousal</source>
        <translation>Erregung</translation>
    </message>
    <message>
        <source>Dominance</source>
        <translation>Dominanz</translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation>Beteiligung</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Fokus</translation>
    </message>
    <message>
        <source>Cognitive load</source>
        <translation>Kognitive Belastung</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Gewissheit</translation>
    </message>
    <message>
        <source>Commitment</source>
        <translation>Verbindlichkeit</translation>
    </message>
    <message>
        <source>Passion</source>
        <translation>Leidenschaft</translation>
    </message>
    <message>
        <source>Conviction</source>
        <translation>Überzeugung</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Objection</source>
        <translation>Einwand</translation>
    </message>
    <message>
        <source>Commitment to a next step</source>
        <translation>Zusage eines nächsten Schritts</translation>
    </message>
    <message>
        <source>Topic change</source>
        <translation>Themenwechsel</translation>
    </message>
    <message>
        <source>Commitment drop</source>
        <translation>Verbindlichkeit sinkt</translation>
    </message>
    <message>
        <source>Fear spike</source>
        <translation>Klingt plötzlich ängstlich</translation>
    </message>
    <message>
        <source>Low-confidence answer</source>
        <translation>Unsichere Antwort</translation>
    </message>
    <message>
        <source>Engagement drop</source>
        <translation>Beteiligung sinkt</translation>
    </message>
    <message>
        <source>Alpha ratio (brightness)</source>
        <translation>Alpha-Verhältnis (Helligkeit)</translation>
    </message>
    <message>
        <source>Hammarberg index (softness)</source>
        <translation>Hammarberg-Index (Weichheit)</translation>
    </message>
    <message>
        <source>Articulation rate</source>
        <translation>Artikulationstempo</translation>
    </message>
    <message>
        <source>Acknowledgement</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>Spectral centroid</source>
        <translation>Spektraler Schwerpunkt</translation>
    </message>
    <message>
        <source>Commitments</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>Weak commitments</source>
        <translation>Schwache Zusagen</translation>
    </message>
    <message>
        <source>Pitch, median</source>
        <translation>Tonhöhe, Median</translation>
    </message>
    <message>
        <source>Pitch, 80th percentile</source>
        <translation>Tonhöhe, 80. Perzentil</translation>
    </message>
    <message>
        <source>Pitch range</source>
        <translation>Tonhöhenumfang</translation>
    </message>
    <message>
        <source>Pitch variation</source>
        <translation>Tonhöhenbewegung</translation>
    </message>
    <message>
        <source>Pitch slope</source>
        <translation>Tonhöhensteigung</translation>
    </message>
    <message>
        <source>Final pitch rise</source>
        <translation>Anstieg der Tonhöhe am Ende</translation>
    </message>
    <message>
        <source>Spectral flux</source>
        <translation>Spektraler Fluss</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Harmonics-to-noise ratio</source>
        <translation>Verhältnis von Klang zu Rauschen</translation>
    </message>
    <message>
        <source>Loudness range</source>
        <translation>Lautheitsumfang</translation>
    </message>
    <message>
        <source>Monotone</source>
        <translation>Monoton</translation>
    </message>
    <message>
        <source>Not knowing</source>
        <translation>Nichtwissen</translation>
    </message>
    <message>
        <source>Mean pause</source>
        <translation>Mittlere Pause</translation>
    </message>
    <message>
        <source>Pause ratio</source>
        <translation>Pausenanteil</translation>
    </message>
    <message>
        <source>Short replies</source>
        <translation>Knappe Antworten</translation>
    </message>
    <message>
        <source>Spectral slope, 0–500 Hz</source>
        <translation>Spektrale Steigung, 0–500 Hz</translation>
    </message>
    <message>
        <source>Stays on topic</source>
        <translation>Bleibt beim Thema</translation>
    </message>
    <message>
        <source>Repeats the other&apos;s words</source>
        <translation>Wiederholt Wörter des anderen</translation>
    </message>
    <message>
        <source>Turn length</source>
        <translation>Länge des Redebeitrags</translation>
    </message>
    <message>
        <source>Above own level (sd)</source>
        <translation>Über dem eigenen Niveau (SD)</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Dates of commitments</source>
        <translation>Termine von Zusagen</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Gegensatz</translation>
    </message>
    <message>
        <source>Calls to action</source>
        <translation>Aufforderungen</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Zuvor</translation>
    </message>
    <message>
        <source>From own level (sd)</source>
        <translation>Vom eigenen Niveau (SD)</translation>
    </message>
    <message>
        <source>Response time (s)</source>
        <translation>Antwortzeit (s)</translation>
    </message>
    <message>
        <source>Negative polarity</source>
        <translation>Negative Polarität</translation>
    </message>
    <message>
        <source>Objection: who decides</source>
        <translation>Einwand: wer entscheidet</translation>
    </message>
    <message>
        <source>Objection: a concern</source>
        <translation>Einwand: ein Bedenken</translation>
    </message>
    <message>
        <source>Objection: need</source>
        <translation>Einwand: Bedarf</translation>
    </message>
    <message>
        <source>Objection: price</source>
        <translation>Einwand: Preis</translation>
    </message>
    <message>
        <source>Objection: timing</source>
        <translation>Einwand: Zeitpunkt</translation>
    </message>
    <message>
        <source>Objection: trust</source>
        <translation>Einwand: Vertrauen</translation>
    </message>
    <message>
        <source>Own level</source>
        <translation>Eigenes Niveau</translation>
    </message>
    <message>
        <source>Slow start (s)</source>
        <translation>Später Beginn (s)</translation>
    </message>
    <message>
        <source>rename speaker</source>
        <translation>Sprecher umbenennen</translation>
    </message>
    <message>
        <source>merge speakers</source>
        <translation>Sprecher zusammenführen</translation>
    </message>
    <message>
        <source>assign to speaker</source>
        <translation>Sprecher zuweisen</translation>
    </message>
    <message>
        <source>correct text</source>
        <translation>Text korrigieren</translation>
    </message>
    <message>
        <source>divide turn</source>
        <translation>Redebeitrag teilen</translation>
    </message>
    <message>
        <source>add marker</source>
        <translation>Marke hinzufügen</translation>
    </message>
    <message>
        <source>edit marker</source>
        <translation>Marke ändern</translation>
    </message>
    <message>
        <source>remove marker</source>
        <translation>Marke entfernen</translation>
    </message>
    <message>
        <source>add tier</source>
        <translation>Spur hinzufügen</translation>
    </message>
    <message>
        <source>assign tier</source>
        <translation>Spur zuweisen</translation>
    </message>
    <message>
        <source>remove tier</source>
        <translation>Spur entfernen</translation>
    </message>
    <message>
        <source>add annotation</source>
        <translation>Annotation hinzufügen</translation>
    </message>
    <message>
        <source>edit annotation</source>
        <translation>Annotation ändern</translation>
    </message>
    <message>
        <source>remove annotation</source>
        <translation>Annotation entfernen</translation>
    </message>
    <message>
        <source>rate a score</source>
        <translation>Wert beurteilen</translation>
    </message>
    <message>
        <source>change details</source>
        <translation>Angaben ändern</translation>
    </message>
    <message>
        <source>analyse again</source>
        <translation>noch einmal analysieren</translation>
    </message>
    <message>
        <source>Emotional peak</source>
        <translation>Emotionaler Höhepunkt</translation>
    </message>
    <message>
        <source>Interruptions</source>
        <translation>Unterbrechungen</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>timing</source>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Boosters</source>
        <translation>Verstärker</translation>
    </message>
    <message>
        <source>Fillers</source>
        <translation>Fülllaute</translation>
    </message>
    <message>
        <source>Hedges</source>
        <translation>Abschwächungen</translation>
    </message>
    <message>
        <source>Intensifiers</source>
        <translation>Steigerungswörter</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Self-repairs</source>
        <translation>Selbstkorrekturen</translation>
    </message>
    <message>
        <source>Speech rate</source>
        <translation>Redetempo</translation>
    </message>
    <message>
        <source>Words: arousal</source>
        <translation>Wörter: Erregung</translation>
    </message>
    <message>
        <source>Words: dominance</source>
        <translation>Wörter: Dominanz</translation>
    </message>
    <message>
        <source>Words: valence</source>
        <translation>Wörter: Valenz</translation>
    </message>
</context>
<context>
    <name>ReviewDocument</name>
    <message>
        <source>This conversation is in the trash, so nothing was changed.</source>
        <translation>Dieses Gespräch ist im Papierkorb, deshalb wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Take it out of the trash to change it.</source>
        <translation>Holen Sie es aus dem Papierkorb, um es zu ändern.</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>Aus dem Papierkorb holen</translation>
    </message>
    <message>
        <source>It was deleted in another window or by another program.</source>
        <translation>Es wurde in einem anderen Fenster oder von einem anderen Programm gelöscht.</translation>
    </message>
    <message>
        <source>It cannot be opened: {reason}</source>
        <translation>Kann nicht geöffnet werden: {reason}</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>run {number}</source>
        <translation>Durchgang {number}</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Durchgang</translation>
    </message>
    <message>
        <source>Which analysis is shown</source>
        <translation>Welche Analyse gezeigt wird</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>There is nothing to show yet</source>
        <translation>Noch nichts zu zeigen</translation>
    </message>
    <message>
        <source>Run {number}, {when}</source>
        <translation>Durchgang {number}, {when}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Re-analysis</source>
        <translation>Neue Analyse</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Affect</source>
        <translation>Affekt</translation>
    </message>
    <message>
        <source>Recompute the scores</source>
        <translation>Werte neu berechnen</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>This conversation cannot be shown</source>
        <translation>Dieses Gespräch kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>{command}: {step}</source>
        <translation>{command}: {step}</translation>
    </message>
    <message>
        <source>The analysis is running</source>
        <translation>Die Analyse läuft</translation>
    </message>
    <message>
        <source>The result is shown here as soon as it is ready.</source>
        <translation>Das Ergebnis erscheint hier, sobald es fertig ist.</translation>
    </message>
    <message>
        <source>This conversation has not been analysed yet.</source>
        <translation>Dieses Gespräch wurde noch nicht analysiert.</translation>
    </message>
    <message>
        <source>Analyse now</source>
        <translation>Jetzt analysieren</translation>
    </message>
    <message>
        <source>An earlier run: read-only.</source>
        <translation>Ein früherer Durchgang: nur zum Lesen.</translation>
    </message>
    <message>
        <source>The analysis was stopped before the end.</source>
        <translation>Die Analyse wurde vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Corrected since the scores were computed.</source>
        <translation>Seit der Berechnung der Werte berichtigt.</translation>
    </message>
    <message>
        <source>The earlier result is unchanged.</source>
        <translation>Das frühere Ergebnis ist unverändert.</translation>
    </message>
    <message>
        <source>What was analysed until then is kept.</source>
        <translation>Was bis dahin analysiert wurde, bleibt.</translation>
    </message>
    <message>
        <source>The analysis was stopped.</source>
        <translation>Die Analyse wurde angehalten.</translation>
    </message>
    <message>
        <source>The new analysis is ready: run {number}.</source>
        <translation>Die neue Analyse ist fertig: Durchgang {number}.</translation>
    </message>
</context>
<context>
    <name>ScoreCard</name>
    <message>
        <source>not enough evidence</source>
        <translation>zu wenig belegt</translation>
    </message>
    <message>
        <source>from −1 to 1</source>
        <translation>von −1 bis 1</translation>
    </message>
    <message>
        <source>from 0 to 1</source>
        <translation>von 0 bis 1</translation>
    </message>
    <message>
        <source>Confidence {value}</source>
        <translation>Sicherheit {value}</translation>
    </message>
    <message>
        <source>You agree</source>
        <translation>Zugestimmt</translation>
    </message>
    <message>
        <source>You disagree</source>
        <translation>Widersprochen</translation>
    </message>
    <message>
        <source>± is the range that the confidence leaves open, not a measured error.</source>
        <translation>± ist der Bereich, den die Sicherheit offen lässt, kein gemessener Fehler.</translation>
    </message>
    <message>
        <source>You corrected it to {value}</source>
        <translation>Berichtigt auf {value}</translation>
    </message>
    <message>
        <source>confidence {value}</source>
        <translation>Sicherheit {value}</translation>
    </message>
    <message>
        <source>from {basis}</source>
        <translation>aus {basis}</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Zustimmen</translation>
    </message>
    <message>
        <source>Disagree</source>
        <translation>Widersprechen</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>What {score} should be</source>
        <translation>Was {score} sein sollte</translation>
    </message>
</context>
<context>
    <name>SelectionPanel</name>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>Select nothing (Esc)</source>
        <translation>Nichts auswählen (Esc)</translation>
    </message>
    <message>
        <source>Selection, speaker by speaker</source>
        <translation>Auswahl, nach Sprechern</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Spricht</translation>
    </message>
    <message>
        <source>Time, and share of the selection</source>
        <translation>Zeit und Anteil an der Auswahl</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>Beiträge</translation>
    </message>
    <message>
        <source>Utterances that lie in the selection, also in part</source>
        <translation>Äußerungen, die ganz oder teilweise in der Auswahl liegen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Syll/s</source>
        <translation>Silben/s</translation>
    </message>
    <message>
        <source>Articulation rate, syllables a second without pauses</source>
        <translation>Artikulationstempo, Silben je Sekunde ohne Pausen</translation>
    </message>
    <message>
        <source>F0, Hz</source>
        <translation>F0, Hz</translation>
    </message>
    <message>
        <source>Median pitch of what is voiced</source>
        <translation>Median der Tonhöhe des Stimmhaften</translation>
    </message>
    <message>
        <source>Mean, weighted by time; – is not enough evidence</source>
        <translation>Mittel, nach Zeit gewichtet; – heißt: zu wenig Anhaltspunkte</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Belastung</translation>
    </message>
    <message>
        <source>{start} to {end}, {length}: {silence} silence, {overlap} at the same time</source>
        <translation>{start} bis {end}, {length}: {silence} Stille, {overlap} gleichzeitig</translation>
    </message>
    <message>
        <source>{start} to {end}, {length}: nobody speaks</source>
        <translation>{start} bis {end}, {length}: niemand spricht</translation>
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
        <source>Copy the server&apos;s address</source>
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
        <source>Empty the trash after</source>
        <translation>Papierkorb leeren nach</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tagen</translation>
    </message>
    <message>
        <source>Conversations go to the trash after</source>
        <translation>Gespräche in den Papierkorb nach</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>They go by themselves, counted from when they came in or were taken out of it.</source>
        <translation>Das geschieht von selbst, gezählt ab ihrem Eingang oder ihrer Rückkehr aus dem Papierkorb.</translation>
    </message>
    <message>
        <source>What was deleted lies in the trash until then and can be taken out again.</source>
        <translation>Gelöschtes liegt bis dahin im Papierkorb und kann wieder herausgeholt werden.</translation>
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
        <source>0 requests a minute means: as many as come. Holds from the server&apos;s next start.</source>
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
    <name>ShareBar</name>
    <message>
        <source>Share of the talk: {share} per cent</source>
        <translation>Redeanteil: {share} Prozent</translation>
    </message>
</context>
<context>
    <name>Shelves</name>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
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
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
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
    <name>Source</name>
    <message>
        <source>Device that is recorded as {source}</source>
        <translation>Gerät, das als {source} aufgenommen wird</translation>
    </message>
    <message>
        <source>Level of {source}</source>
        <translation>Pegel von {source}</translation>
    </message>
    <message>
        <source>Default: {device}</source>
        <translation>Vorgabe: {device}</translation>
    </message>
    <message>
        <source>Default device</source>
        <translation>Vorgegebenes Gerät</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>Nicht aufgenommen</translation>
    </message>
    <message>
        <source>{device} (not there)</source>
        <translation>{device} (nicht da)</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>For calls: records what the computer plays, the far side, as a channel of its own.</source>
        <translation>Für Anrufe: nimmt auf, was der Rechner abspielt, die Gegenseite, als eigenen Kanal.</translation>
    </message>
    <message>
        <source>The microphone is not recorded.</source>
        <translation>Das Mikrofon wird nicht aufgenommen.</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Computer sound</source>
        <translation>Ton des Rechners</translation>
    </message>
    <message>
        <source>Play a test tone</source>
        <translation>Prüfton spielen</translation>
    </message>
    <message>
        <source>Plays a second of tone and shows whether the channel of computer sound hears it</source>
        <translation>Spielt eine Sekunde Ton und zeigt, ob der Kanal des Rechnertons ihn hört</translation>
    </message>
    <message>
        <source>Playing…</source>
        <translation>Wird gespielt …</translation>
    </message>
    <message>
        <source>Played. Choose a device for computer sound to see whether it hears it.</source>
        <translation>Gespielt. Ein Gerät für den Ton des Rechners wählen, um zu sehen, ob es ihn hört.</translation>
    </message>
    <message>
        <source>Heard, {n} dB.</source>
        <translation>Gehört, {n} dB.</translation>
    </message>
    <message>
        <source>Not heard. Choose the loudspeaker you listen to, or see whether it is muted.</source>
        <translation>Nicht gehört. Den benutzten Lautsprecher wählen oder nachsehen, ob er stumm ist.</translation>
    </message>
</context>
<context>
    <name>SpeakerCard</name>
    <message>
        <source>Name of {label}</source>
        <translation>Name von {label}</translation>
    </message>
    <message>
        <source>Type a name and press Enter; an empty one takes the name away</source>
        <translation>Namen schreiben und Eingabe drücken; ein leerer nimmt den Namen weg</translation>
    </message>
    <message>
        <source>More about {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Merge with another speaker</source>
        <translation>Mit einem anderen Sprecher zusammenlegen</translation>
    </message>
    <message>
        <source>{share} % · {time}
{turns} utterances</source>
        <translation>{share} % · {time}
{turns} Äußerungen</translation>
    </message>
    <message>
        <source>{share} % · {time}
1 utterance</source>
        <translation>{share} % · {time}
1 Äußerung</translation>
    </message>
    <message>
        <source>Voice sample {number}: {time}, {seconds} s</source>
        <translation>Stimmprobe {number}: {time}, {seconds} s</translation>
    </message>
    <message>
        <source>Play voice sample {number}, at {time}</source>
        <translation>Stimmprobe {number} abspielen, bei {time}</translation>
    </message>
    <message>
        <source>Merge with {name}</source>
        <translation>Mit {name} zusammenlegen</translation>
    </message>
</context>
<context>
    <name>Speakers</name>
    <message>
        <source>Speakers</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Number of speakers</source>
        <translation>Anzahl der Sprecher</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>How many people speak; “auto” finds it out by the voices</source>
        <translation>Wie viele Menschen sprechen; „auto“ findet es aus den Stimmen</translation>
    </message>
    <message>
        <source>Detect again</source>
        <translation>Neu erkennen</translation>
    </message>
    <message>
        <source>Detecting the speakers</source>
        <translation>Sprecher werden gesucht</translation>
    </message>
    <message>
        <source>Every channel of this recording is a speaker of its own.</source>
        <translation>Jeder Kanal dieser Aufnahme ist ein eigener Sprecher.</translation>
    </message>
    <message>
        <source>Finds the speakers again by their voices, without transcribing. Corrections and names stay.</source>
        <translation>Sucht die Sprecher noch einmal nach ihren Stimmen, ohne neu zu transkribieren. Berichtigungen und Namen bleiben.</translation>
    </message>
    <message>
        <source>The speakers were detected again: run {number}.</source>
        <translation>Die Sprecher wurden neu gesucht: Durchgang {number}.</translation>
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
        <source>● Recording</source>
        <translation>● Aufnahme läuft</translation>
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
    <name>Story</name>
    <message>
        <source>Story</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Corrected since: scores and summary do not include the corrections yet.</source>
        <translation>Seither berichtigt: Werte und Zusammenfassung enthalten die Berichtigungen noch nicht.</translation>
    </message>
    <message>
        <source>There is nothing to summarise.</source>
        <translation>Es gibt nichts zusammenzufassen.</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>Einsichten</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>What went well</source>
        <translation>Was gut lief</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schlecht lief</translation>
    </message>
    <message>
        <source>Action items</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Emotional arc: {arc}</source>
        <translation>Emotionaler Bogen: {arc}</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>Empfehlungen</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Phase {name}</source>
        <translation>Phase {name}</translation>
    </message>
    <message>
        <source>{theme} · tone {tone} · 1 utterance · boundary {confidence}</source>
        <translation>{theme} · Tonfall {tone} · 1 Äußerung · Grenze {confidence}</translation>
    </message>
    <message>
        <source>{theme} · tone {tone} · {count} utterances · boundary {confidence}</source>
        <translation>{theme} · Tonfall {tone} · {count} Äußerungen · Grenze {confidence}</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
</context>
<context>
    <name>TierForm</name>
    <message>
        <source>any; or a few, with commas between</source>
        <translation>beliebig; oder einige, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Give the tier a name.</source>
        <translation>Der Spur einen Namen geben.</translation>
    </message>
    <message>
        <source>There is a tier of this name already.</source>
        <translation>Eine Spur dieses Namens gibt es schon.</translation>
    </message>
</context>
<context>
    <name>TimeRuler</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>{time}, {length} selected</source>
        <translation>{time}, {length} ausgewählt</translation>
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
    <name>Transcript</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Scroll the transcript</source>
        <translation>Im Transkript blättern</translation>
    </message>
    <message>
        <source>No speech was found in this recording.</source>
        <translation>In dieser Aufnahme wurde keine Rede gefunden.</translation>
    </message>
    <message>
        <source>Correct the text at {time}</source>
        <translation>Text bei {time} berichtigen</translation>
    </message>
    <message>
        <source>Your correction is kept in run {number}.</source>
        <translation>Ihre Berichtigung bleibt in Durchgang {number} erhalten.</translation>
    </message>
    <message>
        <source>The analysis that is shown now has no turn at the same time.</source>
        <translation>Die jetzt gezeigte Analyse hat zur selben Zeit keinen Redebeitrag.</translation>
    </message>
    <message>
        <source>Show run {number}</source>
        <translation>Durchgang {number} zeigen</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Correct the text</source>
        <translation>Text berichtigen</translation>
    </message>
    <message>
        <source>Divide the turn here</source>
        <translation>Redebeitrag hier teilen</translation>
    </message>
    <message>
        <source>Copy with times</source>
        <translation>Mit Zeiten kopieren</translation>
    </message>
    <message>
        <source>Add a marker here</source>
        <translation>Hier eine Marke setzen</translation>
    </message>
    <message>
        <source>Assign to speaker</source>
        <translation>Sprecher zuordnen</translation>
    </message>
    <message>
        <source>Assign the selection to speaker</source>
        <translation>Auswahl einem Sprecher zuordnen</translation>
    </message>
    <message>
        <source>From here on, assign to speaker</source>
        <translation>Ab hier einem Sprecher zuordnen</translation>
    </message>
    <message>
        <source>Merge {name} with</source>
        <translation>{name} zusammenlegen mit</translation>
    </message>
    <message>
        <source>New speaker</source>
        <translation>Neuer Sprecher</translation>
    </message>
    <message>
        <source>Agree: {what}</source>
        <translation>Zustimmen: {what}</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Ctrl+Shift+Enter divides the turn at the cursor, Esc cancels</source>
        <translation>Strg+Eingabe speichert, Strg+Umschalt+Eingabe teilt den Redebeitrag am Cursor, Esc bricht ab</translation>
    </message>
    <message>
        <source>Disagree: {what}</source>
        <translation>Widersprechen: {what}</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>klingt</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Not enough evidence for an emotion</source>
        <translation>Zu wenig Anhaltspunkte für eine Emotion</translation>
    </message>
    <message>
        <source>Sounds {emotion}, confidence {confidence}</source>
        <translation>Klingt nach {emotion}, Sicherheit {confidence}</translation>
    </message>
    <message>
        <source>Valence {value}</source>
        <translation>Valenz {value}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Playback</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Trouble with the sound</source>
        <translation>Schwierigkeiten mit dem Ton</translation>
    </message>
    <message>
        <source>Volume of each channel</source>
        <translation>Lautstärke jedes Kanals</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Channel {number}</source>
        <translation>Kanal {number}</translation>
    </message>
    <message>
        <source>Volume of channel {number}</source>
        <translation>Lautstärke von Kanal {number}</translation>
    </message>
    <message>
        <source>Volume {per_cent} %</source>
        <translation>Lautstärke {per_cent} %</translation>
    </message>
</context>
<context>
    <name>TrashBanner</name>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>This conversation is in the trash. It can be looked at, not changed.</source>
        <translation>Dieses Gespräch ist im Papierkorb. Es lässt sich ansehen, nicht ändern.</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>Aus dem Papierkorb holen</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
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
<context>
    <name>Troubles</name>
    <message>
        <source>The analysis had to be started again.</source>
        <translation>Die Analyse musste neu gestartet werden.</translation>
    </message>
    <message>
        <source>Nothing is lost: the recording goes on, and the analysis reads on from the disk.</source>
        <translation>Nichts ist verloren: Die Aufnahme läuft weiter, und die Analyse liest von der Platte weiter.</translation>
    </message>
    <message>
        <source>{source} is not there any more.</source>
        <translation>{source} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>All that was recorded is safe, and the recording goes on; until the device is back there is silence in its place. Plug it in again: it is used at once.</source>
        <translation>Alles bisher Aufgenommene ist sicher, und die Aufnahme läuft weiter; bis das Gerät zurück ist, steht Stille an seiner Stelle. Wieder einstecken: Es wird sofort benutzt.</translation>
    </message>
    <message>
        <source>Another device is recorded for {source}.</source>
        <translation>Für {source} wird ein anderes Gerät aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing is lost. Plug the first one in again to go back to it.</source>
        <translation>Nichts ist verloren. Das erste wieder einstecken, um dorthin zurückzukehren.</translation>
    </message>
    <message>
        <source>{source} has been silent for a while.</source>
        <translation>{source} ist seit einer Weile still.</translation>
    </message>
    <message>
        <source>The recording goes on. See whether it is muted or switched off.</source>
        <translation>Die Aufnahme läuft weiter. Nachsehen, ob es stumm oder ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>{n} s of {source} were lost: this computer is too busy.</source>
        <translation>{n} s von {source} gingen verloren: Dieser Rechner ist überlastet.</translation>
    </message>
    <message>
        <source>All else is safe, and the recording goes on. Close other programs.</source>
        <translation>Alles andere ist sicher, und die Aufnahme läuft weiter. Andere Programme schließen.</translation>
    </message>
    <message>
        <source>The disk is nearly full: room for {n} minutes.</source>
        <translation>Die Platte ist fast voll: Platz für {n} Minuten.</translation>
    </message>
    <message>
        <source>All that was recorded is safe; the recording is closed in order before the disk is full. Free some space now to go on.</source>
        <translation>Alles bisher Aufgenommene ist sicher; die Aufnahme wird geordnet beendet, bevor die Platte voll ist. Jetzt Platz schaffen, um weiterzumachen.</translation>
    </message>
    <message>
        <source>{source} is back.</source>
        <translation>{source} ist wieder da.</translation>
    </message>
    <message>
        <source>It is recorded again.</source>
        <translation>Es wird wieder aufgenommen.</translation>
    </message>
</context>
<context>
    <name>UnfinishedStrip</name>
    <message>
        <source>A recording that began {when} is still going on.</source>
        <translation>Eine Aufnahme, die {when} begann, läuft noch.</translation>
    </message>
    <message>
        <source>A recording that began {when} was cut off. Its sound is safe.</source>
        <translation>Eine Aufnahme, die {when} begann, wurde unterbrochen. Ihr Ton ist sicher.</translation>
    </message>
    <message>
        <source>Take it up</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Abschließen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Speaker {n}</source>
        <translation>Sprecher {n}</translation>
    </message>
</context>
</TS>
