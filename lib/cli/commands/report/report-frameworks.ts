import { isSecurityHubs } from '../../../controls/is-security-hubs.ts';
import { manifestControls } from '../../../manifests/index.ts';
import type { Catalogue } from '../../../reporting/catalogue.ts';
import { postDeployment } from '../../../reports/checklists/post.ts';
import { preDeployment } from '../../../reports/checklists/pre.ts';
import type { ControlAbout } from '../../../reports/compliance/report.ts';
import type { FrameworkData } from '../../../reports/frameworks/framework.ts';
import { frameworks, resolved } from '../../../reports/frameworks/index.ts';
import { ownFramework } from '../../../reports/frameworks/own-framework.ts';
import type { Framework } from '../../../reports/frameworks/resolve.ts';
import { didYouMean } from '../../../support/nearest.ts';
import { UserError } from '../../../support/user-error.ts';
import { textIn } from '../../text-in.ts';

const isFile = (name: string): boolean => /\.ya?ml$|[/\\]/.test(name);

const own = async (file: string, { controls }: Catalogue): Promise<FrameworkData> =>
  ownFramework(await textIn('the framework', file), file, isSecurityHubs, {
    controls: controls.map(({ id }) => id),
    manifests: manifestControls.map(({ id }) => id),
  });

const onManifests: ReadonlyMap<string, ControlAbout> = new Map(
  manifestControls.map(({ id, title, severity, remediation }): [string, ControlAbout] => [
    id,
    { title, severity, advice: remediation.advice, url: remediation.url },
  ]),
);
/** What a report says of a control, of those on manifests as well, which only files answer. */
export const aboutControl =
  ({ about }: Catalogue) =>
  (id: string): ControlAbout =>
    onManifests.get(id) ?? about(id);

const checklists = [preDeployment, postDeployment];
const builtIn = [...frameworks, ...checklists];

/** A framework or checklist that is built in, by id, or one of somebody's own, by file; a name that is none is told of `among`. */
const namedAmong =
  (what: string, among: readonly FrameworkData[]) =>
  async (name: string, catalogue: Catalogue): Promise<Framework> => {
    const built = builtIn.find(({ id }) => id === name.toLowerCase());
    if (!built && !isFile(name)) {
      const known = among.map(({ id }) => id);
      throw new UserError(
        `there is no ${what} ${name}; ${didYouMean(name, known, `allowed: ${known.join(', ')}, or a YAML file`)}`,
      );
    }
    const data = built ?? (await own(name, catalogue));
    if (!built && builtIn.some(({ id }) => id === data.id))
      throw new UserError(`${name}: the id ${data.id} is of a framework that is built in`);
    return resolved(data, catalogue.controls);
  };
export const frameworkNamed = namedAmong('framework', builtIn);
export const checklistNamed = namedAmong('checklist', checklists);
