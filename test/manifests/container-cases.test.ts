import { onManifests } from '../../lib/engine/baseline/baseline-manifests.ts';
import { checkTasks } from '../../lib/manifests/ecs/check-tasks.ts';
import { manifestControls } from '../../lib/manifests/index.ts';
import { allFormats } from '../../lib/manifests/kinds.ts';
import type { Located } from '../../lib/templates/check/located.ts';
import { templateFrom } from '../templates/checking.ts';
import { at, evaluated } from './checking.ts';
import {
  composeOf,
  containerCases,
  type Described,
  podOf,
  type Question,
  questions,
  taskOf,
} from './container-cases.ts';

const formats = await allFormats();

const asked = Object.entries(questions) as unknown as readonly (readonly [
  Question,
  { readonly manifest: readonly string[] },
])[];

/** The questions that are answered wrong. */
const wrongIn = (located: readonly Located[]): readonly string[] => {
  const failed = new Set(
    located.filter(({ verdict }) => verdict.status === 'FAIL').map(({ control }) => control.id),
  );
  return asked
    .filter(([, { manifest }]) => manifest.some((id) => failed.has(id)))
    .map(([name]) => name)
    .toSorted();
};

/** The cases that a platform can say, with the text that says each. */
const casesOf = (textOf: (described: Described) => string | undefined) =>
  Object.entries(containerCases).flatMap(([name, [described, ...wrong]]) => {
    const text = textOf(described);
    return text === undefined ? [] : [{ name, described, wrong, text }];
  });

describe('a container that a file of compose starts', () => {
  it.each(casesOf(composeOf))('$name', async ({ text, wrong }) => {
    const { located } = await evaluated({ 'compose.json': text });
    expect(wrongIn(located)).toEqual(wrong.toSorted());
  });
});

describe('a container of a pod', () => {
  const cases = casesOf(podOf);
  it.each(cases)('$name', async ({ text, described: { privileged, add = [] }, wrong }) => {
    const { located } = await evaluated({ 'pod.json': text });
    // Kubernetes says so: what is privileged, or has SYS_ADMIN, can always gain privileges.
    const gains = privileged || add.includes('SYS_ADMIN') ? ['escalation'] : [];
    expect(wrongIn(located)).toEqual([...new Set([...wrong, ...gains])].toSorted());
  });
  it('can be most of them', () => expect(cases.length).toBeGreaterThan(28));
});

describe('a container of a task definition of ECS', () => {
  const cases = casesOf(taskOf);
  const options = {
    formats,
    controls: manifestControls,
    settings: { controls: onManifests(manifestControls, {}), exemptions: [] },
    at,
  };
  it.each(cases)('$name', async ({ text, wrong }) => {
    const located = await checkTasks(await templateFrom(text), options, { isExplicit: false });
    expect(wrongIn(located)).toEqual(wrong.toSorted());
  });
  it('can be most of them', () => expect(cases.length).toBeGreaterThan(33));
});
