import type { QuestionKind } from './question-kind.ts';

const number =
  /\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert|tausend|Hunderte|Tausende|Dutzend|Million(?:en)?|Milliarden?|anderthalb|doppelt|halb|Hälfte|Drittel|Viertel|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|double|twice)\b|fache?s?\b/iu;
const time =
  /\b(?:1\d{3}|20\d{2})\b|\b(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January|February|March|May|June|July|October|December|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Sonnabend|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|heute|gestern|morgen|today|yesterday|tomorrow|Jahr(?:e|en|es)?|Jahrhunderts?|years?|century|centuries|Woche|Wochen|weeks?|Monat|Monate|Monaten|months?|Uhr|abends?|Vorabend)\b|\b\d{1,2}\. (?:und|bis|oder|[A-Z])/u;
const reason =
  /\b(?:weil|da|denn|wegen|aufgrund|deshalb|daher|deswegen|grund|gründe|gründen|ursache|ursachen|begründet|begründete|begründung|um|damit|nachdem|because|since|due|owing|reasons?|causes?|caused|so that|therefore|thus|order)\b/iu;
const signs: Readonly<Record<QuestionKind, RegExp | undefined>> = {
  amount: number,
  time,
  reason,
  other: undefined,
};

/** Whether a sentence has what a question of this kind asks for; undefined if the kind asks for nothing in particular. */
export function hasSignOf(kind: QuestionKind, sentence: string): boolean | undefined {
  return signs[kind]?.test(sentence);
}

/**
 * German reported speech: the subjunctive in which news goes on telling what somebody said, demanded or announced,
 * after a sentence that named the speaker.
 */
const reported =
  /\b(?:sei|seien|habe|werde|wolle|solle|müsse|könne|dürfe|möge|gebe|stehe|gehe|komme|bleibe|liege|bedeute|betreffe|handele|handle|brauche|wisse|lasse|sehe|halte|drohe|fehle|koste|mögen|müssten|sollten|hätten|würden|könnten|dürften)\b/u;

export function isReported(sentence: string): boolean {
  return reported.test(sentence);
}

/** Words for what is said, as opposed to saying it: a question that asks for one of them asks for its content. */
const speechAct =
  /^(?:de:(?:ab|an|auf|ein|vor)?(?:forder|verlang|bedingung|schlag|vorschlag|angebot|anbiet|biet|warn|warnung|kritik|kritisi|vorwurf|vorwerf|werf|ankünd|ankündig|erklär|beschwer|droh|drohung|beklag|anlieg)|en:(?:demand|request|condit|propos|offer|warn|critic|criticis|criticiz|accus|announc|complain|complaint|threaten|threat|statement|claim|want|insist|ask))/u;

export function namesSpeechAct(term: string): boolean {
  return speechAct.test(term);
}
