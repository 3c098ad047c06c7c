import type { DockerInstruction, DockerStage, Expanded } from '../model/dockerfile.ts';
import { Field } from '../model/field.ts';
import type { ReadDockerfile, ReadInstruction } from './read.ts';
import { expand, type Values } from './variables.ts';

/** A stage while it is put together. */
interface Stage extends DockerStage {
  isShipped: boolean;
  /** Its variables, which a stage that begins with it has. */
  readonly environment: Values;
}

/** The arguments above the first FROM, which names of images may use. */
const argumentsAbove = (instructions: readonly ReadInstruction[]): Values => {
  const values = new Map<string, string | undefined>();
  for (const { keyword, variables } of instructions) {
    if (keyword === 'FROM') break;
    for (const { name, value } of keyword === 'ARG' ? variables : [])
      values.set(name, value === undefined ? undefined : expand(value, values).text);
  }
  return values;
};

/** What variables have for an instruction: those of the base, then what stands above it. */
const valuesAt = (
  base: Values,
  above: Values,
  instructions: readonly DockerInstruction[],
  before: DockerInstruction | undefined,
): Values => {
  const values = new Map(base);
  const environment = new Set(base.keys());
  for (const one of instructions) {
    if (one === before) break;
    if (one.isForOthers || (one.keyword !== 'ARG' && one.keyword !== 'ENV')) continue;
    for (const { name, value } of one.variables) {
      // A variable of the environment counts before an argument of its name.
      if (one.keyword === 'ARG' && environment.has(name)) continue;
      if (one.keyword === 'ENV') environment.add(name);
      values.set(name, value === undefined ? above.get(name) : open(expand(value, values)));
    }
  }
  return values;
};
const open = ({ text, missing }: Expanded): string | undefined =>
  missing.length === 0 ? text : undefined;

const stageNamed = ({ text }: Expanded, stages: readonly Stage[]): Stage | undefined =>
  stages.findLast(({ name }) => name.toLowerCase() === text.toLowerCase());
const baseOf = (image: Expanded, stage: Stage | undefined): DockerStage['base'] => {
  if (stage) return { kind: 'stage', stage };
  return image.text.toLowerCase() === 'scratch' ? { kind: 'scratch' } : { kind: 'image', image };
};

const stageOf = (
  from: ReadInstruction,
  instructions: readonly ReadInstruction[],
  above: Values,
  stages: readonly Stage[],
): Stage => {
  const [image = '', as, name] = from.words;
  const named = expand(image, above);
  const base = stageNamed(named, stages);
  const inherited: Values = base?.environment ?? new Map();
  const variables = instructions.filter(({ keyword }) => keyword === 'ENV' || keyword === 'ARG');
  const environment = variables.filter(({ keyword }) => keyword === 'ENV');
  return {
    name: as?.toLowerCase() === 'as' && name !== undefined ? name : String(stages.length),
    from: new Field(from.said.value, from.said.at),
    base: baseOf(named, base),
    environment: valuesAt(inherited, new Map(), environment, undefined),
    instructions,
    isShipped: false,
    expanded: (text, before) => expand(text, valuesAt(inherited, above, instructions, before)),
  };
};

/** The stages of a Dockerfile, in order. */
export const stagesOf = ({ instructions }: ReadDockerfile): readonly DockerStage[] => {
  const above = argumentsAbove(instructions);
  const stages: Stage[] = [];
  const starts = instructions.flatMap(({ keyword, isForOthers }, index) =>
    keyword === 'FROM' && !isForOthers ? [index] : [],
  );
  for (const [number, start] of starts.entries()) {
    const from = instructions[start];
    const own = instructions.slice(start + 1, starts[number + 1]);
    if (from) stages.push(stageOf(from, own, above, stages));
  }
  const shipped = new Set(shippedBy(stages.at(-1)));
  for (const stage of stages) stage.isShipped = shipped.has(stage);
  return stages;
};

/** A stage, what it begins with, and so on. */
export const shippedBy = (stage: DockerStage | undefined): readonly DockerStage[] => {
  const found: DockerStage[] = [];
  for (let next = stage; next; next = next.base.kind === 'stage' ? next.base.stage : undefined)
    found.push(next);
  return found;
};
