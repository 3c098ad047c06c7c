import { isSecurityHubs } from '../../../controls/is-security-hubs.ts';
import type { Catalogue } from '../../../reporting/catalogue.ts';
import { postDeployment } from '../../../reports/checklists/post.ts';
import { preDeployment } from '../../../reports/checklists/pre.ts';
import type { FrameworkData } from '../../../reports/frameworks/framework.ts';
import { frameworks, resolved } from '../../../reports/frameworks/index.ts';
import { ownFramework } from '../../../reports/frameworks/own-framework.ts';
import type { Framework } from '../../../reports/frameworks/resolve.ts';
import { didYouMean } from '../../../support/nearest.ts';
import { UserError } from '../../../support/user-error.ts';
import { textIn } from '../../text-in.ts';

const isFile = (name: string): boolean => /\.ya?ml$|[/\\]/.test(name);

const own = async (file: string, { controls }: Catalogue): Promise<FrameworkData> => {
  const known = controls.map(({ id }) => id);
  const ids = new Set(known);
  return ownFramework(
    await textIn('the framework', file),
    file,
    (id) => ids.has(id) || isSecurityHubs(id),
    known,
  );
};

const builtIn = [...frameworks, preDeployment, postDeployment];

/** A framework or checklist that is built in, by id, or one of somebody's own, by file. */
export const frameworkNamed = async (name: string, catalogue: Catalogue): Promise<Framework> => {
  const known = builtIn.map(({ id }) => id);
  const built = builtIn.find(({ id }) => id === name.toLowerCase());
  if (!built && !isFile(name))
    throw new UserError(
      `there is no framework ${name}; ${didYouMean(name, known, `allowed: ${known.join(', ')}, or a YAML file`)}`,
    );
  const data = built ?? (await own(name, catalogue));
  if (!built && known.includes(data.id))
    throw new UserError(`${name}: the id ${data.id} is of a framework that is built in`);
  return resolved(data, catalogue.controls);
};
