import type { ModelLanguage } from './languages.ts';

/**
 * Function words: they say in which language a text is written, and take no part in matching.
 * Written down by hand; inflected forms are spelled out because lookup comes before stemming.
 */
const german = `
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede jedes jeden jedem welcher welche welches welchen welchem
derjenige diejenige dasjenige diejenigen denjenigen derselbe dieselbe dasselbe dieselben denselben solch solche solcher solches solchen solchem
ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen man
mein meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem seiner seines
ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres euer eure euren eurem eurer eures
wer was wen wem wessen wo wohin woher wann wie warum weshalb wieso weswegen wozu womit wodurch wofür wogegen worüber worauf woran worin wovon wonach worum
und oder aber denn sondern doch sowie sowohl weder noch entweder als wenn falls ob dass daß weil da damit sodass obwohl obgleich während bevor nachdem sobald solange bis indem je desto
in im ins an am ans auf aufs aus bei beim mit nach von vom vor zu zum zur für gegen ohne um durch über übers unter hinter neben zwischen seit ab außer gegenüber wegen trotz statt anstatt entlang gemäß laut bezüglich hinsichtlich innerhalb außerhalb aufgrund mittels zufolge
bin bist ist sind seid war warst waren wart gewesen sei seien wäre wären
habe hast hat haben habt hatte hattest hatten hattet gehabt hätte hätten
werde wirst wird werden werdet wurde wurden worden geworden würde würden
kann kannst können könnt konnte konnten könnte könnten muss musst müssen müsst musste mussten müsste müssten
müsse könne solle wolle dürfe möge müßte
soll sollst sollen sollt sollte sollten will willst wollen wollt wollte wollten darf darfst dürfen dürft durfte durften dürfte dürften
mag mögen mochte mochten möchte möchten
nicht nichts nie niemals nur auch schon noch sehr so zu hier dort da dann nun jetzt immer wieder eher etwa fast ganz gar eben ja nein mehr viel viele vielen vieler vieles
manch manche manchem manchen mancher manches mehrere mehreren mehrerer meist meiste meisten meistens
alle allem allen aller alles andere anderen anderem anderer anderes einige einigen einiger einiges etwas jemand jemanden jemandem niemand niemanden niemandem irgend
dabei dadurch dafür dagegen daher dahin danach daneben daran darauf daraus darin darüber darum darunter davon davor dazu dazwischen
hin her heraus hinaus hinein herein hinzu zudem außerdem jedoch dennoch trotzdem allerdings also deshalb deswegen somit sowieso überhaupt zwar bereits beide beiden beider beides selbst selber
mal bzw usw etc sogar wohl vielleicht jeweils insbesondere
`;

const english = `
a an the this that these those some any no none each every either neither both all another other others such same own
i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself herself itself ourselves yourselves themselves one's
who whom whose which what when where why how whoever whatever whichever whenever wherever
and or but nor so yet if then else because since although though while whereas unless until till as than whether
of in on at by for with about against between into through during before after above below to from up down out off over under again further onto upon within without across among amongst along around behind beside besides beyond despite except inside outside near per toward towards underneath via
be am is are was were been being have has had having do does did doing done
will would shall should can could may might must ought cannot
not never only just also too very more most much many few less least there here now once ever even still already almost quite rather perhaps maybe however therefore thus hence moreover furthermore
don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn ain mustn
something anything nothing someone anyone everyone somebody anybody everybody everything
s t re ve ll d m yes else etc
`;

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

/** Function words of each built-in language, lower case. */
export const stopWords: Readonly<Record<ModelLanguage, ReadonlySet<string>>> = {
  de: wordsOf(german),
  en: wordsOf(english),
};
