import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Report } from '../lib/reports/compliance/report.ts';
import { askedOf } from './script-arguments.ts';

// Looks at the page of a report as a browser shows it, and says what is wrong; makes the pictures of the guide with
// `--pictures`. It needs Chromium, and installs the two packages that it drives and asks beside the cache: a checkout that
// only builds or tests need not load them.

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, 'node_modules', '.cache', 'look-at-report');
const tool = { driver: 'playwright-core', asker: 'axe-core' };
const wanted = { [tool.driver]: '1.65.1', [tool.asker]: '4.14.1' };
const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** As much of Playwright as is used. */
interface Page {
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  emulateMedia(media: {
    colorScheme?: 'light' | 'dark';
    media?: 'print' | 'screen';
  }): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  screenshot(options: { path: string; fullPage?: boolean }): Promise<unknown>;
  pdf(options: { path: string; format: string }): Promise<Uint8Array>;
  on(
    event: string,
    told: (one: { text?(): string; url?(): string; type?(): string }) => void,
  ): void;
  close(): Promise<void>;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
}
interface Browser {
  newContext(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
  close(): Promise<void>;
}

const installed = () => {
  const isThere = Object.keys(wanted).every((name) =>
    existsSync(join(tools, 'node_modules', name)),
  );
  if (!isThere) {
    mkdirSync(tools, { recursive: true });
    const packages = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
    const args = ['install', '--prefix', tools, '--no-save', '--ignore-scripts', ...packages];
    execFileSync('npm', args, { stdio: 'inherit' });
  }
  const require = createRequire(join(tools, 'node_modules', 'x.js'));
  const { chromium } = require(tool.driver);
  return {
    launch: (): Promise<Browser> =>
      chromium.launch({ executablePath: chromiumPath, headless: true, args: flags }),
    axe: String(require(tool.asker).source),
  };
};

const faults: string[] = [];
const check = (isRight: boolean, what: string): void => {
  console.log(`${isRight ? 'ok     ' : 'FAULT  '}${what}`);
  if (!isRight) faults.push(what);
};

/** What a page asked for and complained of. */
const listening = (page: Page) => {
  const asked: string[] = [];
  const said: string[] = [];
  page.on('request', (one) => asked.push(one.url?.() ?? ''));
  page.on('console', (one) => {
    if (one.type?.() === 'error') said.push(one.text?.() ?? '');
  });
  return { asked, said };
};

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
const axeIn = async (page: Page, axe: string): Promise<readonly Violation[]> => {
  await page.evaluate(`${axe};0`);
  const found = await page.evaluate<{ violations: readonly Violation[] }>(
    "axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})",
  );
  return found.violations;
};
const checkAxe = async (page: Page, axe: string, what: string): Promise<void> => {
  const violations = await axeIn(page, axe);
  check(violations.length === 0, `axe-core finds nothing, ${what}`);
  for (const { id, nodes } of violations)
    console.log(
      `         ${id}: ${nodes.length}, ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.slice(0, 200)}`,
    );
};

const openAll = "document.querySelectorAll('details').forEach((part)=>{part.open=true});0";

const lookAtColours = async (browser: Browser, url: string, axe: string, folder: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 1000, height: 720 },
    });
    const page = await context.newPage();
    const { asked, said } = listening(page);
    await page.goto(url);
    await page.screenshot({ path: join(folder, `report-${colorScheme}.png`) });
    await page.screenshot({ path: join(folder, `whole-${colorScheme}.png`), fullPage: true });
    check(asked.length === 1, `one request, the page itself, ${colorScheme}`);
    check(said.length === 0, `no complaint of the browser, ${colorScheme}: ${said.join('; ')}`);
    await checkAxe(page, axe, `${colorScheme}`);
    await page.evaluate(openAll);
    await checkAxe(page, axe, `${colorScheme}, all parts open`);
    await context.close();
  }
};

const lookAtNarrow = async (browser: Browser, url: string, folder: string) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.screenshot({ path: join(folder, 'report-narrow.png') });
  await page.evaluate(openAll);
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  check(wide <= 0, `nothing is wider than a telephone (${wide} px)`);
  await context.close();
};

const lookAtPrint = async (browser: Browser, url: string, folder: string) => {
  const printed: number[] = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(url);
    const path = join(folder, `report-${javaScriptEnabled}.pdf`);
    const bytes = await page.pdf({ path, format: 'A4' });
    const pages = (
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type\s*\/Page[^s]/g) ?? []
    ).length;
    printed.push(pages);
    if (!javaScriptEnabled) {
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 800, height: 1100 });
      await page.screenshot({ path: join(folder, 'report-print.png') });
    }
    await context.close();
  }
  const [withScript, without] = printed;
  check(
    withScript === without && Number(without) > 4,
    `prints all parts, with script or without: ${printed.join(' and ')} pages`,
  );
};

const lookWithoutScript = async (browser: Browser, url: string, folder: string) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  await page.screenshot({ path: join(folder, 'report-no-script.png') });
  const text = await page.evaluate<string>('document.body.textContent');
  check(text.includes('the bucket has no public access block'), 'says what fails without script');
  const form = await page.evaluate<string>(
    "getComputedStyle(document.querySelector('form')).display",
  );
  check(form === 'none', 'shows no filter that would do nothing');
  await context.close();
};

const lookByKeyboard = async (browser: Browser, url: string) => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.keyboard.press('Tab');
  const first = await page.evaluate<string>('document.activeElement.className');
  check(first === 'skip', 'the first stop leads to the content');
  const outline = await page.evaluate<string>(
    'getComputedStyle(document.activeElement).outlineStyle',
  );
  check(outline !== 'none', 'where the keyboard is can be seen');
  await page.evaluate("document.querySelector('summary').focus()");
  const open = 'document.activeElement.parentElement.open';
  const before = await page.evaluate<boolean>(open);
  await page.keyboard.press('Enter');
  check((await page.evaluate<boolean>(open)) !== before, 'a part opens and closes by the keyboard');
  await page.evaluate("document.getElementById('text').focus()");
  await page.keyboard.type('customer-invoices');
  const found = await page.evaluate<string>("document.getElementById('found').textContent");
  check(/^[1-9]\d* of \d+ rows$/.test(found), `the filter tells what it finds: ${found}`);
  const stops = await page.evaluate<number>(
    "[...document.querySelectorAll('a[href],summary,input,select,[tabindex]')].filter((one)=>one.tabIndex>=0&&one.offsetParent).length",
  );
  check(stops > 5, `${stops} stops of the keyboard are left while it filters`);
  await context.close();
};

/** The page of a report; what writes it is loaded only where it is looked at. */
const htmlOf = async (report: Report): Promise<string> => {
  const { reportHtml } = await import('../lib/reports/formats/html/page.ts');
  return [...reportHtml(report)].join('');
};

const mostBytes = 5_000_000;
const mostPaintMs = 1000;
const lookAtWeight = async (browser: Browser, folder: string) => {
  const { heavyReport } = await import('./pictured-report.ts');
  const text = await htmlOf(await heavyReport(10_000));
  const file = join(folder, 'heavy.html');
  writeFileSync(file, text);
  const bytes = Buffer.byteLength(text);
  check(bytes < mostBytes, `ten thousand failures take ${(bytes / 1e6).toFixed(1)} MB`);
  const paints: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    paints.push(
      await page.evaluate<number>(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime",
      ),
    );
    await context.close();
  }
  const best = Math.min(...paints);
  check(best < mostPaintMs, `and are painted first after ${Math.round(best)} ms`);
};

const { values } = askedOf(
  { pictures: { type: 'boolean' }, keep: { type: 'boolean' } },
  `Usage: npm run look-at-report -- [options]

Looks at the page of a report as Chromium shows it, and says what is wrong. CHROMIUM names another Chromium than
/usr/bin/chromium.

  --pictures  makes the pictures of the guide
  --keep      keeps pictures and PDF, and says where

Exit code: 0, or 1 when something is wrong, or 2 when it cannot look.`,
);
if (!existsSync(chromiumPath)) {
  console.error(`there is no Chromium at ${chromiumPath}: install it, or name it by CHROMIUM`);
  process.exit(2);
}
const { launch, axe } = installed();
const folder = mkdtempSync(join(tmpdir(), 'plumbline-look-'));
const file = join(folder, 'report.html');
const { picturedReport } = await import('./pictured-report.ts');
writeFileSync(file, await htmlOf(await picturedReport()));
const url = pathToFileURL(file).href;
const browser = await launch();
try {
  await lookAtColours(browser, url, axe, folder);
  await lookAtNarrow(browser, url, folder);
  await lookAtPrint(browser, url, folder);
  await lookWithoutScript(browser, url, folder);
  await lookByKeyboard(browser, url);
  await lookAtWeight(browser, folder);
} finally {
  await browser.close();
}
if (values.pictures) {
  const pictures = join(root, 'docs', 'pictures');
  mkdirSync(pictures, { recursive: true });
  for (const one of ['report-light.png', 'report-dark.png'])
    copyFileSync(join(folder, one), join(pictures, one));
}
if (values.keep) console.log(`pictures and PDF are in ${folder}`);
else rmSync(folder, { recursive: true });
console.log(faults.length === 0 ? 'nothing is wrong' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
