import { evaluated } from './checking.ts';
import { composeOf, containerCases, type Question, questions } from './container-cases.ts';

const asked = Object.entries(questions) as unknown as readonly (readonly [
  Question,
  { readonly manifest: readonly string[] },
])[];

describe('a container that a file of compose starts', () => {
  it.each(Object.entries(containerCases))('%s', async (_, [described, ...wrong]) => {
    const { located } = await evaluated({ 'compose.json': composeOf(described) });
    const failed = new Set(
      located.filter(({ verdict }) => verdict.status === 'FAIL').map(({ control }) => control.id),
    );
    const found = asked.filter(([, { manifest }]) => manifest.some((id) => failed.has(id)));
    expect(found.map(([name]) => name).toSorted()).toEqual([...wrong].toSorted());
  });
});
