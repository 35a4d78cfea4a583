import type { Language } from '../types.ts';

/** A numeral with its separators, or a year or ordinal with the letters that may follow: 100.000, 3,5, 1990er, 20th. */
const ordinal = /(?:st|nd|rd|th|s|er|ern|ers|te|ten|ter)$/i;
const germanThousands = /^\d{1,3}(?:\.\d{3})+(?=,|$)/;
const englishThousands = /^\d{1,3}(?:,\d{3})+(?=\.|$)/;
const anyThousands = /^\d{1,3}(?:[., ]\d{3})+$/;

const thousandsOf = (language: Language): RegExp =>
  language === 'de' ? germanThousands : language === 'en' ? englishThousands : anyThousands;

/**
 * The term of a numeral: `#` and its value written without separators for thousands and with a point before decimals:
 * German 100.000 and English 100,000 are both `#100000`, 3,5 and 3.5 both `#3.5`. Undefined if it is not a numeral.
 */
export function parseNumeral(word: string, language: Language): string | undefined {
  const digits = word.replace(ordinal, '');
  if (!/^\d[\d.,]*$/.test(digits)) return undefined;
  const grouped = digits.replace(thousandsOf(language), (whole) => whole.replace(/[.,]/g, ''));
  const parts = grouped.split(/[.,]/);
  // More than one separator left: a date, a time, a section number; its parts keep their order.
  if (parts.length !== 2) return `#${parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('.')}`;
  const [whole = '0', decimals = ''] = parts;
  const fraction = decimals.replace(/0+$/, '');
  return `#${whole.replace(/^0+(?=\d)/, '')}${fraction ? `.${fraction}` : ''}`;
}
