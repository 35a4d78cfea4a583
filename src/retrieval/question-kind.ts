/** What a question asks for, as far as its wording tells. */
export type QuestionKind = 'amount' | 'time' | 'reason' | 'other';

/** In the order in which they are tried. */
const wordings: ReadonlyArray<readonly [QuestionKind, RegExp]> = [
  [
    'amount',
    /\b(?:how (?:many|much|long|high|far|old|large|big|tall|wide|deep|often|fast|quickly|strong)|(?:what|which) (?:share|percentage|proportion|number|amount|sum|price)|wie ?viele?|wie (?:hoch|lange|weit|stark|oft|groß|alt|teuer|schnell|tief|breit)|welche[nr]? (?:anteil|anzahl|zahl|summe|betrag|höhe))\b/,
  ],
  [
    'time',
    /^(?:since |until |from |by |after |before |till )?(?:when|(?:what|which|on which|in which|in what|on what) (?:year|day|date|month|time|century))\b|\b(?:what|which) (?:year|day|date|month)\b|\bwann\b|welche[mnrs] (?:jahr|tag|datum|monat|zeitpunkt|jahrhundert|woche)\b/,
  ],
  [
    'reason',
    /\bwhy\b|\b(?:on|for) what (?:grounds|reason|basis)\b|\bwhat (?:caused|causes|explains|led to|made|makes)\b|\b(?:warum|weshalb|wieso|weswegen)\b|aus welche[mn] gr[uü]nde?n?\b/,
  ],
];

export function classifyQuestion(question: string): QuestionKind {
  const text = question.trim().toLowerCase();
  return wordings.find(([, wording]) => wording.test(text))?.[0] ?? 'other';
}
