import { stripVTControlCharacters } from 'node:util';
import { fittingTable } from '../../lib/reports/fitting-table.ts';

const head = ['Control', 'Resource', 'Asked by', 'Detect'];
const rows = [['S3.8', 'arn:aws:s3:::customer-invoices', 'drift\nof today', '0.6 s']];
const shown = (columns: number | undefined) =>
  stripVTControlCharacters(fittingTable(head, rows, { columns, named: ['Asked by', 'Detect'] }));

describe('a table that fits', () => {
  it('is a table where it is narrower than the terminal, or nobody watches', () => {
    expect(shown(200)).toMatch(/^┌.*\n│ Control │ Resource/);
    expect(shown(undefined)).toBe(shown(200));
  });

  it.each([60, 40, 20])('stays within %i columns else, and loses nothing', (columns) => {
    const narrow = fittingTable(head, rows, { columns, named: ['Detect'] });
    const lines = stripVTControlCharacters(narrow).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    const said = lines.join('').replaceAll(/\s/g, '');
    for (const part of ['S3.8', 'arn:aws:s3:::customer-invoices', 'driftoftoday', 'detect0.6s'])
      expect(said).toContain(part);
  });

  it('names what does not say by itself what it is', () => {
    expect(shown(60)).toBe(
      'S3.8  arn:aws:s3:::customer-invoices\n  asked by drift of today  detect 0.6 s',
    );
  });
});
