import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/language/detect.ts';

describe('detectLanguage', () => {
  it.each([
    ['de', 'Was hat Russland gefordert?'],
    ['de', 'Wer sprach in Genf?'],
    ['de', 'Wann war das?'],
    ['de', 'Forderungen Russlands an die Nato'],
    ['de', 'Lawrow und Blinken'],
    ['de', 'Wer ist der CEO von Super Bowl LLC?'],
    ['en', 'What did Russia demand?'],
    ['en', 'Who spoke in Geneva?'],
    ['en', 'When was it?'],
    ['en', 'Did Lawrow and Blinken meet in Genf?'],
    ['en', 'What is the Bundestag?'],
    ['en', 'Why did Die Welt report about it?'],
    ['fr', 'Que demande la Russie à l’OTAN ?'],
    ['es', '¿Qué exigió Rusia a la OTAN?'],
    ['it', 'Cosa ha chiesto la Russia alla Nato?'],
    ['nl', 'Wat eiste Rusland van de NAVO?'],
    ['pl', 'Czego żądała Rosja od NATO?'],
    ['ru', 'Чего требовала Россия?'],
    ['tr', 'Rusya ne talep etti?'],
    ['und', ''],
    ['und', '12345'],
  ])('says %s for %j', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('goes by the whole text, not by a foreign name or title in it', () => {
    const german =
      'Die Serie „The Man in the High Castle“ ist nach Angaben der Zeitung eine der teuersten, die es gibt.';
    expect(detectLanguage(german)).toBe('de');
  });
});
