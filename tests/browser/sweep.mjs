// One Chromium over many pages: axe at AAA and checks.mjs on each, a line of JSON a page as it is done.
// node sweep.mjs JOBS [WORKERS]    JOBS: {"base": "http://127.0.0.1:…", "jobs": [{"name", "path", "cookie", "html"?}]}
import fs from 'node:fs';import {launch} from '../ux/lib.mjs';import {axe} from '../ux/axe-sweep.mjs';import {check,readers} from '../ux/checks.mjs';
const {base,jobs}=JSON.parse(fs.readFileSync(process.argv[2],'utf8')),workers=+(process.argv[3]||2);
const b=await launch();
async function one(as,j){
  // A page that leads elsewhere (a session that ended) would be looked at as another, and be well.
  if(!j.html){const r=await fetch(base+j.path,{headers:{cookie:j.cookie},redirect:'manual'});if(r.status!==200)throw new Error(`${r.status} ${r.headers.get('location')??''}`)}
  const p={name:j.name,url:base+j.path,html:j.html};
  await as.become({cookie:j.cookie,base});
  await check(as,p);
  const a=await axe(as.desk,p);
  const bad=Object.entries(p.checks).filter(([,v])=>!v.ok).map(([k,v])=>`${k} ${JSON.stringify(v.detail??'').slice(0,400)}`);
  return {name:j.name,checks:Object.keys(p.checks).length,bad,bytes:p.checks.weight.detail.bytes,
    axe:a.violations.flatMap(v=>v.nodes.map(n=>`${v.rule} ${n.target} ${n.data?JSON.stringify(n.data):''} ${n.html}`)),engine:a.engine};
}
// Two readers at a time: half of a page's time is waiting for the network to be quiet. Each keeps its windows from page
// to page, with other cookies: opening one costs more than all that is looked at in it.
async function work(){
  let as=await readers(b);
  for(let j;(j=jobs.shift());){
    let r;
    try{r=await one(as,j)}
    catch(e){r={name:j.name,error:String(e).split('\n')[0]};await as.close();as=await readers(b)}
    console.log(JSON.stringify(r));
  }
}
try{await Promise.all(Array.from({length:workers},work))}finally{await b.close()}
