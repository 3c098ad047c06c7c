import { dirname } from 'node:path';
import { text } from '../support/untyped.ts';
import type { Constructs } from './cdk-constructs.ts';
import { beside } from './cdk-output.ts';
import { declaredTags } from './declared-tags.ts';
import { Holed } from './resolution/hole.ts';
import { LikeDefault } from './resolution/parameters.ts';
import { head } from './resolution/scope.ts';
import { World } from './resolution/world.ts';
import { Stack } from './stack.ts';
import type { Deployment, Template } from './template.ts';

/** A stack that another one makes, whose template lies beside that one's. */
export interface NestedStack {
  readonly logicalId: string;
  readonly path: string;
  readonly deployment: Partial<Deployment>;
}

/** The CDK's command line has it say in the metadata of a nested stack which file of its output is the template. */
const assetPath = 'aws:asset:path';

/** The parameters that a nested stack is given: what is open in its parent is open in it. */
const parametersOf = (template: Template, logicalId: string): Deployment['parameters'] => {
  const stack = new Stack(template, new World());
  const declared = template.declarations.get(logicalId);
  const given = declared && stack.resource(declared).get('Parameters');
  if (!given?.isSet) return {};
  return Object.fromEntries(
    given.names.flatMap((name) => {
      stack.world.turn(new Map());
      const value = head(given.tree(name), given.scope);
      const isKnown = value instanceof Holed || (typeof value !== 'object' && value !== undefined);
      if (!isKnown) return [];
      const isFixed = value instanceof Holed || stack.world.isPlain;
      return [[name, isFixed ? value : new LikeDefault(value)]];
    }),
  );
};

export const nestedStacksOf = (
  template: Template,
  path: string,
  constructs: Constructs | undefined,
): readonly NestedStack[] =>
  (template.byType.get('AWS::CloudFormation::Stack') ?? []).flatMap((declared) => {
    const { logicalId, metadata } = declared;
    const named = text(metadata[assetPath]) ?? constructs?.templateOf(logicalId);
    const file = beside(dirname(path), named);
    if (file === undefined) return [];
    const parameters = parametersOf(template, logicalId);
    const tagsOf = (keys: readonly string[]) => declaredTags(template, declared, keys);
    return [{ logicalId, path: file, deployment: { parameters, tagsOf } }];
  });
