import { describe, expect, it } from 'vitest';
import { readOne } from './folder.ts';

const page = `<!doctype html><html lang="de-DE"><head><meta charset="utf-8"><title>Treffen in Genf endet früh | Musterzeitung</title>
<meta property="og:site_name" content="Musterzeitung"><meta property="article:published_time" content="2022-01-21T23:30:00+01:00">
<link rel="canonical" href="https://musterzeitung.example/genf"><style>p { color: red }</style></head>
<body><header><nav><ul><li><a href="/">Startseite</a></li><li><a href="/p">Politik</a></li></ul></nav></header>
<div id="cookie-banner" class="cookie-consent">Wir verwenden Cookies. <button>Akzeptieren</button></div>
<main><article><h1>Treffen in Genf endet früh</h1>
<p>Die Bemühungen zur Deeskalation laufen auf Hoch&shy;touren.   Die <a href="x">USA und
Russland</a> überziehen sich <b>gegen</b><i>seitig</i> mit Vorwürfen &amp; mehr.</p>
<figure><img src="x.jpg"><figcaption>Blinken und Lawrow in Genf. Foto: Muster</figcaption></figure>
<h2>Bislang keine <em>Ergebnisse</em></h2>
<p>Der Konflikt spitzte sich zu.<br>Die USA verlangen einen Rückzug, sagte Blinken am Freitag in Genf nach einem Treffen mit seinem Kollegen aus Moskau.</p>
<ul><li>Erstens</li><li>Zweitens</li></ul>
<blockquote><p>„Wir erwarten Antworten“</p></blockquote>
<table><tr><th>Land</th><th>Truppen</th></tr><tr><td>Russland</td><td>100.000</td></tr></table>
<aside class="related">Lesen Sie auch: Noch ein Artikel</aside><script>alert('böse')</script>
</article></main><footer>Impressum Datenschutz</footer></body></html>`;

describe('HTML', () => {
  it('gives the main text, block by block', async () => {
    const article = await readOne('a.html', page);
    expect(article.body).toBe(
      [
        'Die Bemühungen zur Deeskalation laufen auf Hochtouren. Die USA und Russland überziehen sich gegenseitig mit Vorwürfen & mehr.',
        'Bislang keine Ergebnisse',
        'Der Konflikt spitzte sich zu.\nDie USA verlangen einen Rückzug, sagte Blinken am Freitag in Genf nach einem Treffen mit seinem Kollegen aus Moskau.',
        '- Erstens\n- Zweitens',
        '„Wir erwarten Antworten“',
        'Land\tTruppen\nRussland\t100.000',
      ].join('\n\n'),
    );
    expect(article.headings.map((span) => article.body.slice(...span))).toEqual(['Bislang keine Ergebnisse']);
  });

  it('gives title, date, site, language and address', async () => {
    expect(await readOne('a.html', page)).toMatchObject({
      title: 'Treffen in Genf endet früh',
      date: '2022-01-21',
      source: 'Musterzeitung',
      language: 'de',
      url: 'https://musterzeitung.example/genf',
    });
  });

  it.each([
    ['<meta name="date" content="2022-01-21">', '2022-01-21'],
    [
      '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Treffen in Genf","datePublished":"2022-01-20T10:00:00Z"}</script>',
      '2022-01-20',
    ],
    ['<time datetime="2022-01-19T08:00">gestern</time>', '2022-01-19'],
    ['<meta name="date" content="gestern">', undefined],
  ])('finds the date in %j', async (mark, date) => {
    const article = await readOne('a.html', page.replace(/<meta property="article.*?>/, mark));
    expect(article.date).toBe(date);
  });

  it('reads a page too short to have a main part, without its navigation', async () => {
    const article = await readOne(
      'a.htm',
      '<html><body><nav>Start Sport</nav><h1>Titel der Seite</h1><p>Ein Absatz.</p><footer>Impressum</footer></body></html>',
    );
    expect(article).toMatchObject({ title: 'Titel der Seite', body: 'Titel der Seite\n\nEin Absatz.' });
  });

  it('reads a fragment', async () => {
    expect((await readOne('a.html', '<p>Ein Absatz.<p>Noch einer.')).body).toBe('Ein Absatz.\n\nNoch einer.');
  });

  const paragraphs =
    '<p>Die Nato berät über die Lage in der Ukraine, und Moskau wartet auf Antwort.</p>'.repeat(4);
  it.each([
    ['<!doctype html><html lang=de><head><title>Das Treffen</title></head>', '</html>'],
    ['<!doctype html><html><title>Das Treffen</title>', ''],
    ['<!-- <body> --><meta charset=utf-8><title>Das Treffen</title><style>p{}</style>', ''],
    ['<html><head><title>Das Treffen</title>', '</html>'],
    ['<html><head><title>Das Treffen</title><body>', '</body></html>'],
    ['<HTML><HEAD><TITLE>Das Treffen</TITLE></HEAD><BODY>', '</BODY></HTML>'],
    ['<title>Das Treffen</title><body class="a">', '</body>'],
    ['<html><head><title>Das Treffen</title></he d><bo y>', '<body></body></html>'],
  ])('reads a page that begins %s', async (open, close) => {
    const article = await readOne('a.html', open + paragraphs + close);
    expect(article).toMatchObject({ title: 'Das Treffen', language: 'de' });
    expect(article.body.split('\n\n')).toHaveLength(4);
  });

  it('believes the text rather than a template about its language', async () => {
    expect((await readOne('a.html', page.replace('lang="de-DE"', 'lang="en"'))).language).toBe('de');
    expect((await readOne('a.html', '<html lang="fr-FR"><body><p>Oui.</p></body></html>')).language).toBe(
      'fr',
    );
  });

  it('takes no address that is no web page', async () => {
    const article = await readOne(
      'a.html',
      page.replace('https://musterzeitung.example/genf', 'javascript:alert(1)'),
    );
    expect(article.url).toBeUndefined();
  });

  it('keeps a long article that calls itself by the name of a notice', async () => {
    const long = `<html><body><div class="related-story">${`<p>${'Ein langer Satz über Genf, die Nato und vieles mehr. '.repeat(5)}</p>`.repeat(20)}</div></body></html>`;
    expect((await readOne('a.html', long)).body.length).toBeGreaterThan(5000);
  });
});
