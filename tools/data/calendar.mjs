// calendar.mjs - makes lists/calendar.txt: the days on which the State Council's yearly notice changes the week.
//
//   mkdir /tmp/p && cd /tmp/p && npm install chinese-days@1.5.7 holiday-calendar@1.3.3 chinese-workday@1.16.1
//   node tools/data/calendar.mjs /tmp/p/node_modules > lists/calendar.txt
//
// Three packages are compared day by day. Where they differ on whether a day is worked, the notice itself was read and
// the answer stands below; a difference that is not settled below stops the script. Only facts are taken, no code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dir = process.argv[2];
const FIRST = 2004, LAST = 2026;

// The number of each year's notice. `unsourced`: the days are known, the number was not found in a text we could read.
const notice = {
  2004: 'unsourced', 2005: 'unsourced',
  2006: '国办发明电〔2005〕35号', 2007: '国办发明电〔2006〕49号',
  2008: 'unsourced', // its text is in the news of 2007-12-18, without the number
  2009: '国办发明电〔2008〕42号', 2010: '国办发明电〔2009〕27号', 2011: '国办发明电〔2010〕40号',
  2012: '国办发明电〔2011〕45号', 2013: '国办发明电〔2012〕33号', 2014: '国办发明电〔2013〕28号',
  2015: '国办发明电〔2014〕28号', // 3-6 September came with a notice of its own in May 2015, number unsourced
  2016: '国办发明电〔2015〕18号', 2017: '国办发明电〔2016〕17号', 2018: '国办发明电〔2017〕12号',
  2019: '国办发明电〔2018〕15号 国办发明电〔2019〕3号', 2020: '国办发明电〔2019〕16号 国办发明电〔2020〕1号',
  2021: '国办发明电〔2020〕27号', 2022: '国办发明电〔2021〕11号', 2023: '国办发明电〔2022〕16号',
  2024: '国办发明电〔2023〕7号', 2025: '国办发明电〔2024〕12号', 2026: '国办发明电〔2025〕7号',
};

// Days on which the packages disagree, and what the notice's text says (2004: "元旦：1月1日放假", "5月8日、9日上班",
// "10月9日、10日上班"; the text of every year 2004-2026 was read, in part in transcriptions).
const settled = {
  '2004-01-02': 'work', '2004-04-25': 'off', '2004-05-09': 'work', '2004-09-26': 'off', '2004-10-10': 'work',
  '2005-12-31': 'work', '2007-12-29': 'work', '2007-12-31': 'off',
  '2008-05-04': 'work', '2008-06-07': 'off', '2008-09-13': 'off', '2009-01-04': 'work', '2009-09-27': 'work',
  '2011-12-31': 'work', '2015-01-04': 'work', '2016-04-02': 'off', '2018-06-16': 'off', '2018-09-22': 'off',
};
// A day of the notice that the first package does not list.
const added = { '2005-12-31': ['work', '元旦'] };

const weekend = date => [0, 6].includes(new Date(date + 'T00:00:00Z').getUTCDay());
const kindOf = (days, date) => days.get(date)?.[0] ?? (weekend(date) ? 'off' : 'work');

function chineseDays() {
  const all = JSON.parse(readFileSync(join(dir, 'chinese-days/dist/chinese-days.json'), 'utf8'));
  const days = new Map();
  for (const [kind, of] of [['off', all.holidays], ['work', all.workdays]])
    for (const [date, text] of Object.entries(of))
      days.set(date, [kind, text.split(',')[1]]);
  return days;
}

function holidayCalendar() {
  const days = new Map();
  for (let y = FIRST; y <= LAST; y++)
    for (const d of JSON.parse(readFileSync(join(dir, `holiday-calendar/data/CN/${y}.json`), 'utf8')).dates)
      days.set(d.date, [d.type === 'public_holiday' ? 'off' : 'work', d.name_cn]);
  return days;
}

function* everyDay(from, to) {
  for (let t = Date.parse(from); t <= Date.parse(to); t += 86400000)
    yield new Date(t).toISOString().slice(0, 10);
}

const days = chineseDays(), second = holidayCalendar();
const third = await import(
  pathToFileURL(join(dir, 'chinese-workday/dist/chinese-workday.esm.js')));
for (const [date, row] of Object.entries(added))
  days.set(date, row);

const open = [];
for (const date of everyDay(`${FIRST}-01-01`, `${LAST}-12-31`)) {
  const kinds = new Set([kindOf(days, date), kindOf(second, date)]);
  if (date >= '2024-01-01') // the third package begins there
    kinds.add(third.isWorkday(date) ? 'work' : 'off');
  if (settled[date] ? kindOf(days, date) !== settled[date] : kinds.size > 1)
    open.push(`${date}: ${[...kinds]}`);
}
if (open.length) {
  console.error(`not settled by a notice:\n${open.join('\n')}`);
  process.exit(1);
}

const out = [
  '# Days on which the week is not the ordinary one, by the State Council\'s notices. Read by src/base/calendar.c.',
  '#',
  '#   DATE off NOTE       nobody works (weekends inside a holiday are listed too)',
  '#   DATE work NOTE      a Saturday or Sunday that is worked',
  '#   YEAR notice NUMBER  the year is complete: without this line every deadline in it is marked uncertain',
  '#',
  '# A notice may change days of the December before: they stand in date order. Made by tools/data/calendar.mjs;',
  '# sources, licences and how differences were settled: docs/data-sources.md. "unsourced": number not found.',
];
for (let y = FIRST; y <= LAST; y++) {
  out.push('', `${y} notice ${notice[y]}`);
  for (const date of [...days.keys()].filter(d => d.startsWith(`${y}-`)).sort())
    out.push(`${date} ${days.get(date)[0]} ${days.get(date)[1]}`);
}
console.log(out.join('\n'));
