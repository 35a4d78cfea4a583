import type { QuestionKind } from './question-kind.ts';

const number =
  /\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert|tausend|Hunderte|Tausende|Dutzend|Million(?:en)?|Milliarden?|anderthalb|doppelt|halb|Hälfte|Drittel|Viertel|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|double|twice)\b|fache?s?\b/iu;
const time =
  /\b(?:1\d{3}|20\d{2})\b|\b(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|January|February|March|May|June|July|October|December|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Sonnabend|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|heute|gestern|morgen|today|yesterday|tomorrow|Jahr(?:e|en|es)?|Jahrhunderts?|years?|century|centuries|Woche|Wochen|weeks?|Monat|Monate|Monaten|months?|Uhr|abends?|Vorabend)\b|\b\d{1,2}\. (?:und|bis|oder|[A-Z])/u;
const reason =
  /\b(?:weil|da|denn|wegen|aufgrund|deshalb|daher|deswegen|grund|gründe|gründen|ursache|ursachen|begründet|begründete|begründung|um|damit|nachdem|because|since|due|owing|reasons?|causes?|caused|so that|therefore|thus|order)\b/iu;
const place =
  /\b(?:in|im|am|an|auf|aus|bei|nach|vor|zum|zur|at|from|to|on|near)\s+(?:(?:dem|der|den|die|das|einem|einer|einen|the|a|an)\s+)?\p{Lu}/u;
const person =
  /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|\b(?:sagte|erklärte|said|told|Frau|Herr|Minister\p{L}*|Sprecher\p{L}*|Chef\p{L}*|President|Präsident\p{L}*)\b/u;

const signs: Readonly<Record<QuestionKind, RegExp | undefined>> = {
  amount: number,
  time,
  place,
  reason,
  person,
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
const picksUp =
  /^[„"“]?(?:Er|Sie|Es|Dies|Das|Dieser|Diese|Dieses|Dazu|Dabei|Dafür|Dagegen|Daher|Deshalb|Demnach|Zudem|Außerdem|Auch|Ferner|Zugleich|Man|He|She|It|They|This|That|These|Those|In addition|Also|Moreover)\b/u;

/** Whether a sentence goes on with what the one before began, so that the words of that one are about it too. */
export function goesOn(sentence: string): boolean {
  return reported.test(sentence) || picksUp.test(sentence);
}
