import { namedIn } from '../../support/named-in.ts';
import { didYouMean } from '../../support/nearest.ts';
import { plainText } from '../../support/plain-text.ts';
import { asRecord, list, said, text } from '../../support/untyped.ts';
import type { Path } from '../document/document.ts';
import { refusedBy } from '../resolution/parameter-bounds.ts';
import { LikeDefault } from '../resolution/parameters.ts';
import type { Template } from '../template.ts';

interface Refused {
  readonly path: Path;
  readonly why: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const pseudo = 'AccountId NotificationARNs NoValue Partition Region StackId StackName URLSuffix'
  .split(' ')
  .map((name) => `AWS::${name}`);

/** The names that a function refers to. */
const namesOf = (name: string, argument: unknown): readonly string[] => {
  if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
  if (name === 'Fn::GetAtt') {
    const [id] = typeof argument === 'string' ? argument.split('.') : list(argument);
    return typeof id === 'string' ? [id] : [];
  }
  if (name !== 'Fn::Sub') return [];
  const [written, values] = Array.isArray(argument) ? argument : [argument, {}];
  return [...said(written).matchAll(/\$\{([^!}.$]+)(?:\.[^}$]*)?\}/g)]
    .map(([, id = '']) => id.trim())
    .filter((id) => !Object.hasOwn(asRecord(values), id));
};

/** Where names stand that others make: what SAM, a module, a loop or a macro calls its resources is not written. */
const mayNameMore = ({ document: { tree, text } }: Template): boolean => {
  const { Transform, Resources } = asRecord(tree);
  return (
    Transform !== undefined ||
    /Fn::(?:ForEach|Transform)|!Transform/.test(text) ||
    Object.values(asRecord(Resources))
      .map((one) => said(asRecord(one)['Type']))
      // A module can also be a file, as Rain has it.
      .some((type) => /^AWS::Serverless::|::MODULE$/.test(type) || !/^\w+::/.test(type))
  );
};

/** References to what is neither a parameter nor a resource: "Unresolved resource dependencies". */
export const unresolvedNames = (template: Template): readonly Refused[] => {
  if (mayNameMore(template)) return [];
  const { Parameters, Resources } = asRecord(template.document.tree);
  const known = [
    ...Object.keys(asRecord(Resources)),
    ...Object.keys(asRecord(Parameters)),
    ...pseudo,
  ];
  const names = new Set(known);
  const found = new Map<string, Refused>();
  const walk = (tree: unknown, path: Path): void => {
    if (typeof tree !== 'object' || tree === null) return;
    const all = Object.entries(tree);
    for (const [key, one] of all) {
      if (all.length === 1)
        for (const name of namesOf(key, one))
          if (!names.has(name) && !found.has(name))
            found.set(name, {
              path,
              why: `CloudFormation refuses the template: ${name} is neither a parameter nor a resource of it; ${didYouMean(name, known, 'what rests on it is unknown')}`,
            });
      walk(one, [...path, Array.isArray(tree) ? Number(key) : key]);
    }
  };
  for (const [id, one] of Object.entries(asRecord(Resources)))
    walk(asRecord(one)['Properties'], ['Resources', id, 'Properties']);
  return [...found.values()];
};

/** In characters, of what a template says for people whose value it refuses. */
const longestSaid = 200;
const constraintIn = (parameter: unknown): string => {
  const own = text(asRecord(parameter)['ConstraintDescription']);
  return own === undefined ? '' : ` (${plainText(own.replaceAll(/\s+/g, ' '), longestSaid)})`;
};

/** Values of parameters, given or by default, that are outside of what their parameters allow. */
export const valuesOutside = ({ parameters, deployment }: Template): readonly Refused[] =>
  Object.entries(parameters).flatMap(([name, parameter]) => {
    const own = namedIn(deployment.parameters, name);
    const given = own ?? asRecord(parameter)['Default'];
    const isGiven = own !== undefined;
    const isSoft = given instanceof LikeDefault;
    const by = refusedBy(parameters, name, isSoft ? given.value : given);
    if (by === undefined) return [];
    const what = isGiven ? 'value that is given for' : 'default of';
    const rest = isGiven && !isSoft ? ': what rests on it is unknown' : '';
    return [
      {
        path: ['Parameters', name],
        why: `CloudFormation refuses the ${what} the parameter ${name}, by its ${by}${constraintIn(parameter)}${rest}`,
      },
    ];
  });
