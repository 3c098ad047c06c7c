import { Unresolved } from '../../../model/unresolved.ts';
import type { DockerImage, DockerInstruction, DockerStage } from '../../model/dockerfile.ts';
import { Field } from '../../model/field.ts';
import { imageOf } from '../../model/image.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
} from '../../model/manifest-control.ts';
import { known } from './known.ts';
import { building, reference } from './pages.ts';

interface Placed {
  readonly instruction: DockerInstruction;
  readonly stage: DockerStage;
}
/** The instructions of a keyword, of the stage that ships and those below, the one that counts last first. */
const ofImage = ({ stages }: DockerImage, keyword: string): readonly Placed[] =>
  stages.flatMap((stage) =>
    stage.instructions
      .filter((one) => one.keyword === keyword)
      .toReversed()
      .map((instruction) => ({ instruction, stage })),
  );
const place = ({ stages }: DockerImage): Field => new Field(undefined, stages[0]?.from.at ?? []);

const nameIn = (user: string): string =>
  user.replaceAll(/["']/g, '').split(':', 1)[0]?.trim() ?? '';
/** An instruction that names nobody is no user. */
const isRoot = (user: string): boolean =>
  /^(?:|root|[+-]?0+|ContainerAdministrator|(?:NT AUTHORITY\\?)?SYSTEM)$/i.test(nameIn(user));

/** Images of distroless say by their tags whether they begin as root; a digest alone does not say it. https://github.com/GoogleContainerTools/distroless */
const userOfDistroless = (image: string): 'root' | 'other' | undefined => {
  const { registry, repository, tag, digest } = imageOf(image);
  if (registry !== 'gcr.io' || !repository.startsWith('distroless/')) return undefined;
  if (tag === undefined && digest !== undefined) return undefined;
  return /(?:^|-)nonroot(?:-|$)/.test(tag ?? '') ? 'other' : 'root';
};
/** Systems and languages, which begin as root. https://hub.docker.com/search?badges=official */
const rootImages: ReadonlySet<string> = new Set(
  'almalinux alpine amazoncorretto amazonlinux archlinux bash buildpack-deps busybox caddy centos clearlinux clojure dart debian docker eclipse-temurin elixir erlang fedora gcc golang gradle groovy haskell httpd ibmjava julia maven mageia mono nginx node openjdk opensuse oraclelinux perl php photon pypy python r-base rockylinux ruby rust sapmachine sl swift tomcat traefik ubuntu wordpress'.split(
    ' ',
  ),
);

/** The user of an image that names none is that of its base. */
const inheritedFault = (image: DockerImage) => {
  const base = image.stages.at(-1)?.base;
  const root = fault(
    place(image),
    'another user than root',
    'no USER is set, so that it runs as root',
  );
  if (base?.kind !== 'image') return [root];
  const name = known(base.image);
  const distroless = userOfDistroless(name);
  if (distroless !== undefined) return distroless === 'root' ? [root] : [];
  const { registry, repository } = imageOf(name);
  const [, official] = /^library\/(.+)$/.exec(repository) ?? [];
  if (registry === 'docker.io' && official !== undefined && rootImages.has(official)) return [root];
  throw new Unresolved(`the user of the image ${name}`);
};

const makesUser = /\b(?:useradd|adduser|usermod)\b/;
const rootNumber = /\s(?:-[a-zA-Z]*u\s*|--uid[\s=]+)["']?0+["']?(?=\s)/;
const toPasswd = />>?\s*["']?\/etc\/passwd/g;
const rootEntry = /["'\s]([\w.-]+):[^:\s]*:0+:\d*:/g;

/** Users who are made with the number of root, or put into the file of users with it; each command is read once. */
const rootsMadeIn = (script: string): readonly string[] => [
  ...script.split(/[;&|\n]/).flatMap((command) => {
    const made = makesUser.exec(command);
    const rest = made ? command.slice(made.index + made[0].length).trimEnd() : '';
    // Which of its words is the user depends on its options: one that is none is nobody's name.
    return rootNumber.test(`${rest} `)
      ? rest
          .split(/\s+/)
          .map((word) => word.replaceAll(/["']/g, ''))
          .filter((word) => /^[A-Za-z_][\w.-]*$/.test(word))
      : [];
  }),
  ...script.split('\n').flatMap((line) => {
    const end = [...line.matchAll(toPasswd)].at(-1)?.index ?? 0;
    return [...line.slice(0, end).matchAll(rootEntry)].map(([, name = '']) => name);
  }),
];
const namesOfRoot = (image: DockerImage): ReadonlySet<string> =>
  new Set(ofImage(image, 'RUN').flatMap(({ instruction: { script } }) => rootsMadeIn(script)));

const portsIn = ({ instruction, stage }: Placed): readonly string[] =>
  instruction.words.map((word) => known(stage.expanded(word, instruction)));
const isOfSsh = (port: string): boolean => {
  const [range = ''] = port.split('/', 1);
  const [first = '', last = first] = range.split('-', 2);
  return /^\d+$/.test(first) && Number(first) <= 22 && 22 <= Number(last);
};

/** What the image that ships is like. */
export const shipping: readonly ManifestControl[] = [
  defineManifestControl('dockerImage', {
    id: 'PL.DOCKER.1',
    title: 'Images have a user other than root',
    severity: 'MEDIUM',
    rationale: 'Root in a container is root of the host for whatever gets out of it.',
    standards: { 'cis-docker-1.6.0': ['4.1'] },
    evaluate(image) {
      const all = ofImage(image, 'USER');
      const forOthers = all.filter(
        ({ instruction, stage }) =>
          instruction.isForOthers &&
          isRoot(known(stage.expanded(instruction.words.join(' '), instruction))),
      );
      const last = all.find(({ instruction }) => !instruction.isForOthers);
      const found = forOthers.map(({ instruction: { said } }) =>
        fault(said, 'another user than root', 'images that are built from it run as root'),
      );
      if (!last) return departures([...found, ...inheritedFault(image)]);
      const user = known(last.stage.expanded(last.instruction.words.join(' '), last.instruction));
      return departures([
        ...found,
        ...(isRoot(user) || namesOfRoot(image).has(nameIn(user))
          ? [fault(last.instruction.said, 'another user than root', 'it runs as root')]
          : []),
      ]);
    },
    remediation: {
      advice:
        'Add a user, make what it writes to its own, and name it by number in USER at the end.',
      url: building,
    },
  }),
  defineManifestControl('dockerImage', {
    id: 'PL.DOCKER.10',
    title: 'Images offer no SSH',
    severity: 'MEDIUM',
    rationale:
      'A container is entered by its runtime; SSH in it is one more way in, with keys of its own.',
    standards: { 'cis-docker-1.6.0': ['5.7'] },
    evaluate: (image) =>
      departures(
        ofImage(image, 'EXPOSE')
          .filter((one) => portsIn(one).some(isOfSsh))
          .map(({ instruction: { said } }) =>
            fault(said, 'no port 22', 'it exposes port 22, which is SSH'),
          ),
      ),
    remediation: { advice: 'Take SSH and port 22 out, and use docker exec.', url: building },
  }),
  defineManifestControl('dockerImage', {
    id: 'PL.DOCKER.11',
    title: 'Images say how their health is checked',
    severity: 'LOW',
    rationale: 'A container that hangs serves nobody until a person sees it.',
    standards: { 'cis-docker-1.6.0': ['4.6'] },
    evaluate(image) {
      const [last] = ofImage(image, 'HEALTHCHECK').filter(
        ({ instruction }) => !instruction.isForOthers,
      );
      if (!last)
        return departures([fault(place(image), 'HEALTHCHECK', 'nothing checks its health')]);
      const isOff = last.instruction.words[0]?.toUpperCase() === 'NONE';
      return departures(
        isOff
          ? [
              fault(
                last.instruction.said,
                'HEALTHCHECK CMD',
                'the check of its health is turned off',
              ),
            ]
          : [],
      );
    },
    remediation: {
      advice: 'Write HEALTHCHECK CMD with a program that fails when it does not work.',
      url: reference,
    },
  }),
];
