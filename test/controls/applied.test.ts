import { applied } from './apply/applied.ts';
import { rowsOfTables } from './growth/tables.ts';
import { effectsOfTables } from './harness.ts';

const calls = (operation: string) =>
  [{ service: 'athena', operation, input: { WorkGroup: 'example' } }] as const;
const own = { athena: { updateWorkGroup: () => ({ isUpdated: true }) } };

describe('what AWS does at the calls of plans', () => {
  it('stands in the table of the control that alone makes them', () => {
    expect(applied({}, calls('updateWorkGroup'), own)).toEqual({ isUpdated: true });
  });

  it('is asked for where it stands nowhere, with the place', () => {
    expect(() => applied({}, calls('deleteWorkGroup'), own)).toThrow(
      /effects: \{ athena: \{ deleteWorkGroup: .*test\/controls\/apply\/athena\.ts/,
    );
  });

  it('stands at one place', () => {
    const both = { kms: { enableKeyRotation: () => ({}) } };
    const call = { service: 'kms', operation: 'enableKeyRotation', input: { KeyId: 'a' } } as const;
    expect(() => applied({}, [call], both)).toThrow(/in test\/controls\/apply too$/);
  });

  it('stands in one table, or in test/controls/apply', async () => {
    await rowsOfTables();
    const again = effectsOfTables.filter(({ control, call }) =>
      effectsOfTables.some((one) => one.call === call && one.control !== control),
    );
    expect(again).toEqual([]);
  });
});
