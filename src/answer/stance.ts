/** A regular expression that matches any of the words, or stems that end in `*`, as whole words. */
const anyOf = (list: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}])(?:${list.trim().replaceAll('*', '\\p{L}*').split(/\s+/).join('|')})(?![\\p{L}])`,
    'iu',
  );

/** Words that turn what a sentence says into its opposite or into something that is not said to be so. */
const denial = anyOf(`
  nicht nichts nie niemals niemand* kein* weder ohne kaum keineswegs mitnichten bestritt* bestreit* dementier* leugne*
  widersprach* zurückgewiesen falsch* unwahr* lüge* gerücht* angeblich* mutmaßlich* vermeintlich* wenn falls sofern
  not no never none nobody nothing neither nor without hardly cannot denie* deny* refut* reject* dismiss* false* untrue
  lie lies lied rumou?r* allegedly reportedly supposed* if unless
`);
const shortDenial = /n[’']t(?![\p{L}])/iu;
/** What a claim may say instead of these words. */
const reservation = anyOf(`
  fail* refus* lack* unable unlikely against oppos* would could might may conditional* whether alleged* accus* doubt*
  scheiter* verweiger* weiger* gegen fehl* würde* könnte* ob bedingung* zweifel* ablehn* lehn*
`);

const denies = (text: string) => denial.test(text) || shortDenial.test(text);

/**
 * Whether a claim drops what its quote takes back: the part of the sentence that was left out denies or doubts, and
 * the claim does neither.
 */
export const dropsDenial = (claim: string, leftOut: string): boolean =>
  denies(leftOut) && !denies(claim) && !reservation.test(claim);

/** Words by which a claim says that somebody says, wants, thinks or does it. */
const attribution = anyOf(`
  say* said tell* told state stated states statement* call* warn* demand* want* ask* request* urg* insist* claim* accus* announc* declar*
  explain* expect* hope* fear* believ* think* thought see* saw feel* felt express* emphas* stress* reiterat* describ*
  propos* suggest* promis* threat* critici* appeal* according report* argu* view* consider* plan* aims aimed seek* sought
  position* remark* comment*
  sag* erklär* beton* teil* bericht* meld* warn* forder* verlang* wollen wollte* hoff* erwart* befürcht* glaub*
  sieht sehen sah nenn* nannte* bezeichn* äußer* kündig* droh* kritisier* appellier* laut zufolge angaben mein* behaupt*
  verspr* schlug vorschl* haltung* aussage* soll sollen solle sollten
`);
/** German Konjunktiv I, in which news reports what somebody said, and the forms that stand in for it. */
const reported = anyOf(`
  sei seien habe werde könne müsse müssten solle sollten wolle wollten dürfe möge mögen gebe komme gehe stehe bleibe
  betreffe brauche hätten wären
`);

/** Whether a sentence is in the mood of reported speech. */
export const isReported = (sentence: string): boolean => reported.test(sentence);

/** Whether a claim turns into a fact what its quotes only report that somebody said. */
export const dropsSpeaker = (claim: string, quotes: readonly string[]): boolean =>
  quotes.every(isReported) && !attribution.test(claim) && !isReported(claim);
