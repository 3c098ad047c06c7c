import { allControls } from '../../lib/controls/index.ts';
import { securityHubControls } from '../../scripts/security-hub-controls.ts';

const table = securityHubControls();
const controls = await allControls();
const known = controls.flatMap((control) => {
  const row = table.find(({ id }) => id === control.id);
  return row ? [[control.id, control, row] as const] : [];
});

describe('the table of Security Hub’s controls', () => {
  it('names each once, with a title of at most 90 characters', () => {
    expect(table.length).toBeGreaterThan(400);
    expect(new Set(table.map(({ id }) => id)).size).toBe(table.length);
    for (const { id, title } of table) {
      expect(id).toMatch(/^[A-Z][A-Za-z0-9]+\.[1-9]\d*$/);
      expect(title.length).toBeLessThanOrEqual(90);
    }
  });

  it('holds every control of ours that has an id of Security Hub', () => {
    const others = controls.filter(({ id }) => !id.startsWith('PL.'));
    expect(known.map(([id]) => id).toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  });

  it.each(known)('has the severity and the requirements of %s', (_, control, row) => {
    if (row.severity !== '') expect(control.severity).toBe(row.severity);
    const sorted = Object.fromEntries(
      Object.entries(control.standards).map(([id, of]) => [id, of.toSorted()]),
    );
    expect(row.standards).toEqual(sorted);
  });
});
