import { describe, expect, it } from 'vitest';
import { buildArticle } from '../../src/corpus/draft.ts';
import { createDuplicateFinder } from '../../src/corpus/duplicates.ts';
import { markText } from '../../src/corpus/mark.ts';
import type { Article } from '../../src/types.ts';

const report = `Die Außenminister Russlands und der USA haben ihr Krisengespräch im Ukraine-Konflikt in Genf früher als geplant
beendet. Das Treffen dauerte etwa 90 Minuten und war damit kürzer als die angesetzten zwei Stunden, wie russische Agenturen am
Freitag meldeten. Die beiden Chefdiplomaten hatten sich zuvor in einem Hotel am Genfersee mit Handschlag begrüßt. Beide machten zum
Auftakt deutlich, dass sie keinen Durchbruch erwarteten. Initiiert hatte das Treffen die amerikanische Seite angesichts der Spannungen um den
Konflikt im Osten der Ukraine. Die Situation sei kritisch, sagte Blinken und warnte Russland erneut vor einem Angriff auf das
Nachbarland. Er hoffe, die Krise auf diplomatischem Weg zu lösen. Die westlichen Verbündeten verlangen einen Rückzug der an der Grenze
zusammengezogenen 100.000 Soldaten ins Hinterland. Der Westen droht Moskau in dem Konflikt seit Wochen mit erheblichen Sanktionen.`;

const article = (path: string, body: string, date?: string): Article =>
  buildArticle(path, { body, date, language: 'de' });

/** Looks and remembers, article by article. */
function createFinder() {
  const { look, remember } = createDuplicateFinder();
  return {
    find: ({ path, date, body }: Article): string | undefined => {
      const seen = { path, date, mark: markText(body) };
      const of = look(seen);
      remember(seen, of);
      return of;
    },
  };
}

/** Paths that the last of the articles is said to repeat. */
function find(...articles: readonly Article[]): string | undefined {
  const finder = createFinder();
  return articles.map((each) => finder.find(each)).at(-1);
}

describe('createDuplicateFinder', () => {
  it('knows the same text again, whatever its spacing, case, marks and credit', () => {
    const shouted = report.toUpperCase().replace(/\s+/g, '  ').replace(/,/g, ' –');
    expect(find(article('a', `${report} (dpa)`), article('b', `${shouted}\n\n(dpa/red)`, '2030'))).toBe('a');
    expect(find(article('a', 'Kurz und gut.'), article('b', 'kurz und gut'))).toBe('a');
  });

  it.each([
    [
      'a few other words',
      report
        .replace('Krisengespräch', 'Treffen')
        .replace('am Genfersee', 'direkt am See')
        .replace('erneut', 'abermals'),
    ],
    ['a sentence less', report.replace(/ Er hoffe[^.]*\./, '')],
    ['a sentence more', `${report} Weitere Gespräche sind geplant, teilte das Ministerium in Moskau mit.`],
    ['a figure less', report.replace('etwa 90 Minuten', 'nur kurz')],
    ['another headline', `Kein Durchbruch bei den Gesprächen in Genf\n\n${report}`],
  ])('knows the same report again with %s', (_, changed) => {
    expect(find(article('a', report, '2022-01-21'), article('b', changed, '2022-01-22'))).toBe('a');
    expect(find(article('a', changed), article('b', report))).toBe('a');
  });

  it.each([
    ['another figure', report.replace('100.000', '120.000')],
    ['another number word', report.replace('zwei Stunden', 'drei Stunden')],
    ['another weekday', report.replace('Freitag', 'Montag')],
    ['half of the text', report.slice(0, report.length / 2)],
  ])('takes a report with %s for a new one', (_, changed) => {
    expect(find(article('a', report), article('b', changed))).toBeUndefined();
  });

  it('takes nearly the same words on a later date for a new report', () => {
    const changed = report.replace('erneut', 'abermals');
    expect(find(article('a', report, '2022-01-21'), article('b', changed, '2022-01-24'))).toBe('a');
    expect(find(article('a', report, '2022-01-21'), article('b', changed, '2022-01-25'))).toBeUndefined();
    expect(find(article('a', report, '2022-01-21'), article('b', changed, '2022-01'))).toBe('a');
    expect(find(article('a', report, '2022-01-21'), article('b', changed, '2021'))).toBeUndefined();
  });

  it('tells reports from one template apart by day and figures', () => {
    const finder = createFinder();
    const days = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'];
    days.forEach((day, i) => {
      const weather = `Das Wetter am ${day}: Im Norden ist es wechselnd bewölkt und meist trocken, im Süden scheint nach Auflösung örtlicher
        Nebelfelder häufig die Sonne. Die Höchstwerte liegen bei ${12 + i} Grad an der See und bis zu ${17 + i} Grad am Oberrhein. Es weht ein schwacher bis
        mäßiger Wind aus westlichen Richtungen. In der Nacht ist es gering bewölkt oder klar, stellenweise bildet sich Nebel, und die Werte gehen zurück.`;
      expect(finder.find(article(day, weather)), day).toBeUndefined();
    });
  });

  it('needs more than a template without figures', () => {
    const crash = (place: string, road: string, car: string): string =>
      `Bei einem Verkehrsunfall in ${place} ist ein Mensch verletzt worden. Nach Angaben der Polizei kam der Fahrer mit seinem ${car} auf der
      ${road} aus noch ungeklärter Ursache von der Fahrbahn ab. Rettungskräfte brachten ihn in ein Krankenhaus. Die Strecke war gesperrt.
      Zeugen werden gebeten, sich in ${place} bei der Polizei zu melden. Die Ermittlungen zur Ursache des Unfalls an der ${road} dauern an.`;
    const first = article('a', crash('Lindhafen', 'Küstenstraße', 'Lastwagen'));
    expect(find(first, article('b', crash('Sankt Veit', 'Bergstraße', 'Motorrad')))).toBeUndefined();
  });

  it('names the first of several, and the same one every time', () => {
    const versions = [report, report.replace('erneut', 'abermals'), `${report} Mehr in Kürze.`, report].map(
      (body, i) => article(`${i}`, body),
    );
    const finder = createFinder();
    expect(versions.map((version) => finder.find(version))).toEqual([undefined, '0', '0', '0']);
  });

  it('stays fast in a corpus of one template', () => {
    const finder = createFinder();
    const began = performance.now();
    for (let i = 0; i < 1000; i++)
      expect(finder.find(article(`${i}`, `${report} Es waren ${1000 + i} Menschen.`))).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
