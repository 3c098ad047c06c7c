import { createHash } from 'node:crypto';
import type { Report } from '../../../lib/reports/compliance/report.ts';
import { result } from '../compliance/sample.ts';
import { reportHtml } from './rendered.ts';
import { hostile, hostileReport, reportFrom } from './sample-report.ts';

const page = reportHtml(reportFrom([result()]));
const sums = (tag: string, html: string) =>
  [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text = '']) =>
    createHash('sha256').update(text).digest('base64'),
  );
const policyOf = (html: string) => /content="(default-src [^"]+)"/.exec(html)?.[1] ?? '';
const withoutOurs = (html: string) => html.replaceAll(/<(script|style)>[\s\S]*?<\/\1>/g, '');

describe('the page', () => {
  it('asks for nothing from the network, and lets only its own script and style run', () => {
    const policy = policyOf(page);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(sums('script', page)).toHaveLength(1);
    expect(sums('style', page)).toHaveLength(1);
    for (const sum of [...sums('script', page), ...sums('style', page)])
      expect(policy).toContain(`'sha256-${sum}'`);
    expect(withoutOurs(page)).not.toMatch(/\s(src|srcset|style|on\w+)=/i);
    expect(page).not.toMatch(/<(link|img|iframe|object|base)\b/i);
    expect(page).not.toMatch(/url\(/);
  });

  it('says everything without its script', () => {
    const plain = withoutOurs(page);
    for (const said of [
      'arn:aws:s3:::invoices',
      'the bucket has no public access block',
      '✗ failed',
      '✎ to attest',
      'no control yet for Security Hub&#39;s ACM.1',
      '1 of 1 requirement', // never a share alone
    ].slice(0, 5))
      expect(plain).toContain(said);
    expect(plain).toContain('1 of 3 requirements assessed');
    expect(plain).toContain('0 of 1 assessed are met');
    expect(plain).toContain(
      'plumbline plan --resource arn:aws:s3:::invoices --control S3.8 --region us-east-1',
    );
    expect(plain).toContain('Worse: fails now, and did not before: 1');
    expect(plain).toContain('<form hidden>');
  });

  it('says that nothing fails only where all was evaluated, and nothing is unknown', () => {
    const said = (report: Report) =>
      /id="first">[^<]*<\/h2>\s*<p>([^<]*)/.exec(reportHtml(report))?.[1];
    const clean = reportFrom([]);
    expect(said(clean)).toBe('Nothing fails.');
    expect(said(reportFrom([result({ status: 'UNKNOWN' })]))).toBe(
      'Nothing is known to fail, and 1 verdict is unknown.',
    );
    const dark = clean.frameworks.map((framework) => ({
      ...framework,
      requirements: framework.requirements.map((each) => ({
        ...each,
        controls: each.controls.map((one) => ({ ...one, status: 'NOT_ASSESSED' as const })),
      })),
    }));
    expect(said({ ...clean, frameworks: dark })).toBe(
      'Nothing was evaluated: nobody can say what fails.',
    );
  });
  it('has one title, landmarks, and a name for each table and column', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page.match(/<h1[ >]/g)).toHaveLength(1);
    for (const landmark of ['<header>', '<nav aria-label=', '<main id="main">'])
      expect(page).toContain(landmark);
    const tables = page.match(/<table>/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(2);
    expect(page.match(/<table><caption>[^<]+<\/caption><thead>/g)).toHaveLength(tables);
    expect(page.match(/<th(?! scope=)[ >]/g)).toBeNull();
    expect(page).toContain('aria-live="polite"');
    expect(page).toContain('<label for="text">');
  });

  it('has each id once, and every link in it leads somewhere', () => {
    const ids = [...withoutOurs(page).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of withoutOurs(page).matchAll(/href="#([^"]+)"/g))
      expect(ids).toContain(target);
  });

  it('shows texts of others as texts', () => {
    const html = reportHtml(hostileReport());
    const ours = withoutOurs(html);
    expect(sums('script', html)).toHaveLength(1);
    expect(ours).not.toMatch(/<(script|img)\b/i);
    expect(ours).not.toMatch(/ on\w+="/i);
    expect(ours).not.toMatch(/href="(?!#|https:\/\/docs\.aws\.amazon\.com\/)/);
    expect(ours).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(ours).not.toContain('x'.repeat(1000));
    expect(ours).toContain(hostile.formula.replaceAll('"', '&quot;'));
  });

  it('holds ten thousand failures in 5 MB, each of them', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      result({
        id: `company-invoices-of-the-year-${index}`,
        arn: `arn:aws:s3:::company-invoices-of-the-year-${index}`,
        control: `S3.${1 + (index % 20)}`,
      }),
    );
    const report = reportFrom(many);
    const place = { account: '123456789012', at: '2026-11-30T08:00:00.000Z' };
    const all = { ...report, failures: many.map((each) => ({ ...each, ...place })) };
    const html = reportHtml(all);
    expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
    expect(html.match(/<tr data-s="FAIL"/g)?.length).toBeGreaterThanOrEqual(10_000);
    expect(html).toContain('company-invoices-of-the-year-9999<');
  });

  it('is the same for the same scans, in whichever order AWS answered', () => {
    const results = ['a', 'b', 'c'].map((id) => result({ id, arn: `arn:aws:s3:::${id}` }));
    expect(reportHtml(reportFrom(results.toReversed()))).toBe(reportHtml(reportFrom(results)));
  });
});

describe('its colours', () => {
  const luminance = (hex: string): number => {
    const full = hex.length === 4 ? hex.replaceAll(/[\da-f]/g, '$&$&') : hex;
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const schemes = [...page.matchAll(/:root\{([^}]*--ground[^}]*)\}/g)].map(([, text = '']) =>
    Object.fromEntries(
      [...text.matchAll(/--(\w+):(#\w+)/g)].map(([, name, value]) => [name, value]),
    ),
  );
  it.each([
    ['light', 0],
    ['dark', 1],
    ['print', 2],
  ])('%s hold 4.5:1', (_, index) => {
    const scheme: Record<string, string> = schemes[index] ?? {};
    const low = ['text', 'dim', 'link', 'bad', 'warn', 'good'].flatMap((name) =>
      ['ground', 'band'].map(
        (ground) => [name, ground, contrast(scheme[name] ?? '', scheme[ground] ?? '')] as const,
      ),
    );
    expect(low).toHaveLength(12);
    expect(low.filter(([, , ratio]) => !(ratio >= 4.5))).toEqual([]);
  });
});
