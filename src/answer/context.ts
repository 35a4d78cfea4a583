import { isReported } from './stance.ts';

/** Words at the start of a sentence that point back to the sentence before. */
const pointsBack = new RegExp(
  `^[„“"»‚‘'(–—-]*\\s*(?:${[
    'er|sie|es|ihm|ihr|ihre[mnrs]?|ihnen|seine?[mnrs]?|beide[nrs]?|dies(?:e[mnrs]?)?|jene[mnrs]?|letztere[nrs]?|erstere[nrs]?',
    'das (?:ist|war|sei|wäre|hat|habe|hatte|wird|werde|würde|gilt|heißt|hieße|bedeutet|betrifft|betreffe|sagte|soll|solle|kann|könne|müsse)',
    'demnach|danach|deshalb|deswegen|daher|darum|dafür|dagegen|dabei|damit|dadurch|dazu|davon|daran|darauf|daraufhin|darin|darüber',
    'dennoch|trotzdem|stattdessen|andernfalls|sonst|allerdings|jedoch|doch|aber|denn|dort|hierzu|hierbei|ebenso|zugleich|gleichzeitig',
    'he|she|it|they|his|her|their|its|this|that|these|those|such|both|the (?:former|latter)',
    'but|however|therefore|thus|hence|instead|otherwise|accordingly|nevertheless|nonetheless|then|meanwhile',
  ].join('|')})(?![\\p{L}])`,
  'iu',
);

/** Who says it. */
const speaker =
  /(?<![\p{L}])(?:sagte[n]?|sagt|erklärte[n]?|erklärt|betonte[n]?|teilte[n]?|berichtete[n]?|meldete[n]?|warnte[n]?|forderte[n]?|verlangte[n]?|hieß|kritisierte[n]?|bekräftigte[n]?|appellierte[n]?|schrieb(?:en)?|behauptete[n]?|meinte[n]?|hofft|hoffte|äußerte[n]?|kündigte[n]?|dankte[n]?|machte[n]? .* deutlich|laut|zufolge|nach Angaben|so der|so die|said|says|told|stated|according to|warned|demanded|announced|claimed|added)(?![\p{L}])/iu;
/** Announces that the next sentence says what it is about. */
const announcement =
  /(?<![\p{L}])(?:\p{L}*forderung(?:en)?|fordert\p{L}*|verlang\p{L}*|bedingung(?:en)?|vorschl[aä]g\p{L}*|angebot\p{L}*|maßnahmen?|gründe|folgende[mnrs]?|bekräftigt\p{L}*|ankündig\p{L}*|kündigt\p{L}*|demand\p{L}*|conditions?|proposals?|following|reasons?|measures?)(?![\p{L}])/iu;

/** Whether a sentence cannot be understood, or its speaker told, without the sentence before it. */
export const needsPrevious = (sentence: string): boolean =>
  pointsBack.test(sentence) || (isReported(sentence) && !speaker.test(sentence));

/** Whether a sentence announces what the next one then says. */
export const announcesNext = (sentence: string, next: string): boolean =>
  /:["”“»«]?\s*$/.test(sentence) ||
  (announcement.test(sentence) && (isReported(next) || pointsBack.test(next)));
