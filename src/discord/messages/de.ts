import type { Messages } from './messages.ts';

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const de: Messages = {
  commands: {
    ask: {
      name: 'fragen',
      description: 'Frag, was in den Artikeln steht; die Antwort zitiert sie',
      question: { name: 'frage', description: 'Deine Frage, auf Deutsch oder Englisch' },
      since: { name: 'seit', description: 'Nur Artikel ab diesem Datum: 2022, 2022-01 oder 21.1.2022' },
      until: { name: 'bis', description: 'Nur Artikel bis zu diesem Datum: 2022, 2022-01 oder 21.1.2022' },
      private: { name: 'privat', description: 'Nur du siehst die Antwort' },
    },
    source: {
      name: 'quelle',
      description: 'Einen Artikel öffnen',
      article: { name: 'artikel', description: 'Titel oder Suchwörter' },
    },
    sources: {
      name: 'quellen',
      description: 'Die Artikel auflisten, neueste zuerst',
      outlet: { name: 'medium', description: 'Nur Artikel dieses Mediums oder dieser Agentur' },
      since: { name: 'seit', description: 'Nur Artikel ab diesem Datum: 2022, 2022-01 oder 21.1.2022' },
      until: { name: 'bis', description: 'Nur Artikel bis zu diesem Datum: 2022, 2022-01 oder 21.1.2022' },
    },
    search: {
      name: 'suchen',
      description: 'Textstellen finden, ohne Antwort',
      query: { name: 'suche', description: 'Wonach gesucht wird' },
    },
    status: { name: 'stand', description: 'Was ich gelesen habe und wann' },
    gaps: { name: 'lücken', description: 'Fragen dieses Servers, die keine Antwort fanden' },
    reindex: { name: 'neu-einlesen', description: 'Die Artikel neu einlesen' },
    forget: { name: 'vergessen', description: 'Löschen, was über dich gespeichert ist' },
    checkMessage: 'Zu dieser Nachricht fragen',
  },
  progress: {
    searching: 'Ich suche in den Artikeln …',
    reading: (passages) => `Ich lese ${count(passages, 'Textstelle', 'Textstellen')} …`,
    checking: (quotes) => `Ich prüfe ${count(quotes, 'Zitat', 'Zitate')} an den Artikeln …`,
    proved: 'Bisher geprüft:',
  },
  answer: {
    asOf: (date) => `Stand: ${date}`,
    checks: ({ verified, repaired, misattributed, notFound }) => {
      const found = verified + repaired + misattributed;
      return [
        `${found} von ${count(found + notFound, 'Zitat', 'Zitaten')} geprüft`,
        ...(repaired > 0 ? [`${repaired} im Wortlaut des Artikels hergestellt`] : []),
        ...(misattributed > 0 ? [`${misattributed} dem richtigen Artikel zugeordnet`] : []),
        ...(notFound > 0 ? [`${notFound} nicht gefunden und weggelassen`] : []),
      ].join(', ');
    },
    window: (since, until) => {
      if (since === undefined) return `Nur Artikel bis ${until}`;
      return until === undefined ? `Nur Artikel seit ${since}` : `Nur Artikel von ${since} bis ${until}`;
    },
    translation: 'Übersetzung, ungeprüft',
    question: 'Frage',
    nearest: 'Nächstliegende Artikel',
    closest: 'Nächstliegende Textstellen, keine Antwort',
    openQuote: 'Ein Zitat im Artikel öffnen',
    openPassage: 'Eine Textstelle im Artikel öffnen',
    followUp: 'Nachfragen',
    helpful: 'Hilfreich',
    notHelpful: 'Nicht hilfreich',
    late: (asker) => `${asker} hat gefragt; das dauerte länger, als eine Antwort dauern darf.`,
  },
  claims: {
    verdict: {
      supported: 'Gestützt',
      contradicted: 'Widersprochen',
      covered: 'Textstellen sprechen davon (kein Urteil)',
      'not-covered': 'Kommt in den Artikeln nicht vor',
    },
    noText: 'Diese Nachricht hat keinen Text, den ich prüfen könnte.',
    none: 'In dieser Nachricht fand ich keine Behauptung, die sich prüfen lässt.',
    coverage: 'Das vergleicht die Nachricht mit den Artikeln; was wahr ist, sagt es nicht.',
  },
  source: {
    untitled: 'Ohne Titel',
    undated: 'ohne Datum',
    passage: (number, of) => `Textstelle ${number} von ${of}`,
    length: (words, passages) =>
      `${count(words, 'Wort', 'Wörter')}, ${count(passages, 'Textstelle', 'Textstellen')}`,
    open: 'Zum Artikel',
    previous: 'Zurück',
    next: 'Weiter',
    changed:
      'Dieser Artikel hat sich geändert, seit die Antwort gegeben wurde. So lautet er jetzt; das Zitat kann woanders stehen oder fehlen.',
    gone: 'Dieser Artikel ist nicht mehr in der Sammlung.',
    notFound: (typed) => `Kein Artikel heißt „${typed}“, und keiner passt zu diesen Wörtern.`,
    onlySimilar: (typed) => `Kein Artikel heißt „${typed}“. Zu den Wörtern passt dieser:`,
    similar: (typed) => `Kein Artikel heißt „${typed}“. Zu den Wörtern passen:`,
    pick: 'Einen Artikel öffnen',
  },
  sources: {
    heading: (articles) => `${articles} Artikel`,
    page: (page, of) => `Seite ${page} von ${of}`,
    none: 'Kein Artikel passt.',
  },
  search: {
    heading: (query) => `Textstellen zu „${query}“`,
    none: 'Keine Textstelle spricht davon. Versuch andere Wörter oder einen Namen, der in den Artikeln steht.',
  },
  status: {
    heading: 'Stand der Dinge',
    articles: (articles, passages) => `${articles} Artikel, ${count(passages, 'Textstelle', 'Textstellen')}`,
    languages: (list) => `Sprachen: ${list}`,
    dates: (oldest, newest) => `Ältester Artikel: ${oldest}; neuester: ${newest}`,
    built: (moment, generation) => `Eingelesen am ${moment} (Generation ${generation})`,
    embeddings: (name) => `Einbettungsmodell: ${name}`,
    chatModel: (name) => `Sprachmodell: ${name}; jedes Zitat wird am Artikel geprüft`,
    quotesOnly: 'Kein Sprachmodell: Antworten sind Sätze aus den Artikeln',
    leftOut: (duplicates, skipped) =>
      `${count(duplicates, 'Dublette', 'Dubletten')}, ${count(skipped, 'Datei', 'Dateien')} übersprungen`,
  },
  gaps: {
    heading: 'Fragen ohne Antwort',
    none: 'Keine Frage dieses Servers ist ohne Antwort.',
    line: (times, question, last) => `**${times}×** ${question} (zuletzt ${last})`,
    ratings: (helpful, notHelpful) =>
      `Als hilfreich bewertete Antworten: ${helpful}, nicht hilfreich: ${notHelpful}`,
    off: 'Rückmeldungen sind hier abgeschaltet, deshalb werden keine Fragen aufbewahrt.',
  },
  reindex: {
    started: 'Ich lese die Artikel ein …',
    progress: (done, total) => `Ich lese die Artikel ein: ${done} von ${total} …`,
    unchanged: 'Nichts hat sich geändert; die Artikel sind, wie sie waren.',
    done: (articles, passages, seconds) =>
      `Fertig in ${seconds} s: ${articles} Artikel, ${count(passages, 'Textstelle', 'Textstellen')}.`,
    embedded: (passages) => `${count(passages, 'Textstelle', 'Textstellen')} neu oder geändert`,
    skipped: (files) => `${count(files, 'Datei', 'Dateien')} übersprungen, siehe Protokoll`,
    running: 'Die Artikel werden schon eingelesen; das läuft von selbst weiter.',
    failed: (reference) =>
      `Das Einlesen ist gescheitert; Antworten kommen aus dem letzten guten Lauf. Der Grund steht im Protokoll unter ${reference}.`,
  },
  forget: {
    done: (entries) =>
      entries === 0
        ? 'Über dich ist nichts gespeichert.'
        : `Gelöscht: ${count(entries, 'Eintrag', 'Einträge')} über dich. Mehr ist nicht gespeichert.`,
  },
  followUp: { title: 'Nachfragen', field: 'Deine nächste Frage', example: 'Und was wollten die USA?' },
  rate: {
    title: 'Was stimmt daran nicht?',
    reason: 'Grund',
    reasons: {
      wrong: 'Falsch',
      outdated: 'Veraltet',
      'wrong-source': 'Falsche Quelle',
      other: 'Etwas anderes',
    },
    remark: 'In deinen Worten (freiwillig)',
    thanks: 'Danke. Mit /vergessen lässt es sich wieder löschen.',
    off: 'Rückmeldungen sind hier abgeschaltet.',
  },
  manners: {
    badDate: (option, typed) =>
      `„${typed}“ verstehe ich nicht als Datum. Schreib ${option} als 2022, 2022-01 oder 21.1.2022.`,
    badWindow:
      'Das erste Datum liegt nach dem letzten, so passt kein Artikel. Tausche sie und frag noch einmal.',
    emptyQuestion: 'Darin steht keine Frage. Schreib eine, zum Beispiel: Was forderte Russland?',
    channel: 'Ich antworte nur in bestimmten Kanälen, und dieser gehört nicht dazu.',
    role: 'Ich antworte nur Mitgliedern mit bestimmten Rollen. Frag die Leute, die diesen Server betreiben.',
    cooldown: (seconds) =>
      `Bitte eine Frage nach der anderen: in ${count(seconds, 'Sekunde', 'Sekunden')} geht es weiter.`,
    busy: 'Hier warten schon viele Fragen. Bitte frag in einer Minute noch einmal.',
    managersOnly: 'Das ist für Mitglieder, die den Server verwalten dürfen.',
    stopping: 'Ich werde gerade neu gestartet. Bitte frag in einer Minute noch einmal.',
    outdatedControl: 'Dieser Knopf gehört zu einer älteren Fassung von mir. Bitte frag noch einmal.',
    failed: (reference) => `Etwas ist schiefgegangen; bitte versuch es noch einmal. Kennung: ${reference}`,
    cannotWrite: (channel) => `In ${channel} darf ich nicht schreiben, deshalb kommt die Antwort hier.`,
    help: 'Frag mich, was in den Artikeln steht: erwähne mich mit einer Frage, schreib mir eine Direktnachricht oder nimm `/fragen`. Zum Beispiel: Was forderte Russland?',
  },
};
