// What the pages' own scripts add, pressed as a person presses: a line of JSON a finding, nothing when all is well.
// node scripts.mjs BASE COOKIE GRID    GRID: the page with all rows of a draft
import {launch} from '../ux/lib.mjs';
const [base,cookie,grid]=process.argv.slice(2);
const b=await launch(),ctx=await b.context({base,cookie}),page=await ctx.newPage();
const wrong=[];
const is=(what,got,want)=>{if(JSON.stringify(got)!==JSON.stringify(want))wrong.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`)};
page.on('pageerror',e=>wrong.push(`error on the page: ${e}`));
page.on('console',m=>{if(m.type()==='error'&&!/422|assets\/fonts/.test(m.text()))wrong.push(`console: ${m.text()}`)});
// [row, column] of where the keys go now.
const at=()=>page.evaluate(()=>{const c=document.activeElement.closest('td');return c?[c.parentElement.sectionRowIndex,c.cellIndex]:document.activeElement.tagName});
const cell=(r,c)=>page.locator('#grid tbody tr').nth(r).locator('td input').nth(c-1);
const keys=async(...ks)=>{for(const k of ks)await page.keyboard.press(k)};
const said=()=>page.locator('#said').innerText();
const check=()=>page.waitForResponse(r=>r.request().method()==='POST'&&r.url().endsWith('/grid'),{timeout:20000});

await page.goto(base+grid);
is('the keys are told of',await page.locator('.zc-scripted').isVisible(),true);
await cell(0,1).focus();
await keys('ArrowDown');is('down',await at(),[1,1]);
await keys('ArrowRight');is('right',await at(),[1,2]);
await keys('ArrowUp');is('up',await at(),[0,2]);
await keys('ArrowLeft');is('left',await at(),[0,1]);
await keys('ArrowUp');is('up from the first row stays',await at(),[0,1]);
await keys('Enter');is('Enter goes down',await at(),[1,1]);
await keys('Tab');is('Tab goes on as always',await at(),[1,2]);
await keys('End','ArrowLeft');is('inside a text the arrows are the text\'s',await at(),[1,2]);
await page.evaluate(()=>document.activeElement.dispatchEvent(new KeyboardEvent('keydown',{key:'ArrowDown',isComposing:true,bubbles:true})));
is('while Chinese is being composed nothing moves',await at(),[1,2]);

const was=await cell(0,1).inputValue(),id=await cell(0,1).getAttribute('id');
let reply=check();
await cell(0,1).fill('"一级');
is('what is wrong is answered so',(await reply).status(),422);
await page.waitForFunction(i=>!document.getElementById(i+'-error').hidden,id,{timeout:20000}).catch(()=>wrong.push('what is wrong is not told at its cell'));
is('the field is marked',await cell(0,1).getAttribute('aria-invalid'),'true');
is('how many are wrong is said',/1/.test(await said()),true);
is('the reader stays where he types',await at(),[0,1]);
is('what was typed stays',await cell(0,1).inputValue(),'"一级');
reply=check();
await cell(0,1).fill(was);
is('what is right is answered so',(await reply).status(),200);
await page.waitForFunction(i=>document.getElementById(i+'-error').hidden,id,{timeout:20000}).catch(()=>wrong.push('what was mended is still told'));
is('the mark is gone',await cell(0,1).getAttribute('aria-invalid'),null);
is('that there is no mistake is said',(await said()).length>0,true);
// Another condition: what the checks and the test persons make of it is told before it is saved.
const found=await page.locator('#found').innerText();
reply=check();
await cell(0,1).fill('null');
is('another condition is right, too',(await reply).status(),200);
await page.waitForFunction(f=>document.getElementById('found').innerText!==f,found,{timeout:20000}).catch(()=>wrong.push('the findings are not those of what is typed'));
await page.reload();
is('nothing of it was saved',await cell(0,1).inputValue(),was);
for(const w of wrong)console.log(JSON.stringify(w));
await b.close();
