import { isSecret } from '../../../support/secrets/secret.ts';
import { secretsIn } from '../../../support/secrets/spoken-secrets.ts';
import type { DockerInstruction, DockerStage } from '../../model/dockerfile.ts';
import {
  defineManifestControl,
  departures,
  type Fault,
  fault,
  type ManifestControl,
} from '../../model/manifest-control.ts';
import { runsWhatItFetches } from '../fetched.ts';
import { asCopy, rewriting } from '../rewritten.ts';
import { unquoted } from '../variables.ts';
import { building, reference, secrets } from './pages.ts';

const all = ({ instructions }: DockerStage, ...keywords: readonly string[]) =>
  instructions.filter(({ keyword }) => keywords.includes(keyword));

const isAddress = (source: string): boolean => /^(?:https?|ftp|git|ssh):\/\/|^git@/i.test(source);
const isArchive = (source: string): boolean => /\.(?:tar(?:\.\w+)?|t[gxb]z2?|zip)$/i.test(source);

/** What is wrong with an ADD: COPY does what is right. */
const addFaults = ({ words, flags, said }: DockerInstruction): readonly Fault[] => {
  const sources = words.slice(0, -1).filter((one) => !one.startsWith('<<'));
  const isChecked = flags.has('checksum');
  return sources.flatMap((source) => {
    if (isAddress(source))
      return isChecked
        ? []
        : [fault(said, 'ADD --checksum', 'it downloads from an address, and compares no checksum')];
    return [
      fault(
        said,
        'COPY',
        isArchive(source) ? 'ADD unpacks an archive' : 'it uses ADD where COPY is enough',
      ),
    ];
  });
};

/** Files that hold keys and passwords, by their names. */
const secretFiles =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.env(?:\.(?!example|sample|template|dist)[\w-]+)?|\.npmrc|\.pypirc|\.netrc|_netrc|\.git-credentials|\.htpasswd|\.pgpass|kubeconfig|\.ssh|\.aws|\.kube|\.docker\/config\.json|credentials(?:\.json)?|service[-_]?account[\w-]*\.json|[\w.-]*private[\w-]*\.(?:key|pem)|[\w.-]+\.(?:key|p12|pfx|jks|keystore|ppk))\/?$/i;

/** What lies in a folder of secrets, but for programs and examples. */
const inSecrets =
  /(?:^|\/)\.?secrets?(?:\/(?!.*(?:example|sample|template|readme|\.gitkeep))(?:[\w-]*|.*\.(?:pem|key|crt|cer|p12|env|txt|json|ya?ml|ini|cfg|conf|properties|toml|enc))?)?$/i;

/** A star takes what is named without it, with more, and all of a folder. */
const takesSecret = (source: string): boolean =>
  [
    source,
    source.replaceAll(/[*?]/g, ''),
    source.replaceAll(/[*?]/g, 'x'),
    source.replace(/\/[*?.]+$/, ''),
  ].some((one) => secretFiles.test(one) || inSecrets.test(one));

const copied = ({ words, flags }: DockerInstruction): readonly string[] =>
  // What comes from another stage is no file of whoever builds.
  flags.has('from') ? [] : words.slice(0, -1).filter(takesSecret);

const programs = ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'];

const secretFaults = (instruction: DockerInstruction): readonly Fault[] => {
  const { keyword, variables, script, said } = instruction;
  const secret = (what: string): Fault => ({
    ...fault(said, 'RUN --mount=type=secret', what),
    isSecret: true,
  });
  const spoken = () =>
    secretsIn(script).map((what) => secret(`${what} has a secret in plain text`));
  if (keyword === 'COPY' || keyword === 'ADD')
    return [
      ...copied(instruction).map((one) => secret(`${one} is copied into the image`)),
      ...(script.includes('\n') || keyword === 'ADD' ? spoken() : []),
    ];
  if (programs.includes(keyword)) return spoken();
  return variables.flatMap(({ name, value: written }) => {
    const value = written === undefined ? undefined : unquoted(written);
    if (value !== undefined && value !== '')
      return isSecret(name, value, 'dockerfile')
        ? [secret(`${name} holds a secret in plain text`)]
        : [];
    // The value of an argument stands in the history of the image.
    return keyword === 'ARG' && isSecret(name, 'given by whoever builds')
      ? [secret(`the argument ${name} stays in the history of the image`)]
      : [];
  });
};

/** A mode of which others may write, but for folders with a sticky bit. */
const isOpenMode = (mode: string): boolean => {
  if (/^[0-7]{3,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o002) !== 0 && (bits & 0o1000) === 0;
  }
  return mode.split(',').some((one) => {
    const [, who = '', , what = ''] = /^([ugoa]*)([+=])([rwxXst]*)$/.exec(one) ?? [];
    return /[oa]/.test(who) && what.includes('w') && !what.includes('t');
  });
};
const modesIn = (script: string): readonly string[] =>
  [...script.matchAll(/\bchmod\s+((?:-\S+\s+)*)(\S+)/g)].map(([, , mode = '']) =>
    mode.replaceAll(/["']/g, ''),
  );

const scripts = (stage: DockerStage, isWrong: (script: string) => boolean) =>
  all(stage, 'RUN').filter(({ script }) => isWrong(script));

/** What a step may have of the host that builds. https://docs.docker.com/reference/dockerfile/#run---security */
const ofHost = [
  { flag: 'security', value: 'insecure', has: 'all rights of the host that builds' },
  { flag: 'network', value: 'host', has: 'the network of the host that builds' },
] as const;
const hostFaults = ({ flags, said }: DockerInstruction): readonly Fault[] =>
  ofHost
    .filter(({ flag, value }) => flags.get(flag)?.toLowerCase().split(/\s+/).includes(value))
    .map(({ flag, value, has }) => fault(said, `no --${flag}=${value}`, `a step has ${has}`));

/** What an image is built with. */
export const steps: readonly ManifestControl[] = [
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.4',
    title: 'Files are copied and not added',
    severity: 'LOW',
    rationale: 'ADD fetches and unpacks: what it brings is not what anybody looked at.',
    standards: { 'cis-docker-1.6.0': ['4.9'] },
    evaluate: (stage) => departures(all(stage, 'ADD').flatMap(addFaults)),
    repair: (stage) =>
      rewriting(
        all(stage, 'ADD').filter((one) => addFaults(one).length > 0),
        asCopy,
        'copies what it added',
      ) ?? { why: 'ADD fetches or unpacks something there: say how that is done otherwise' },
    remediation: {
      advice:
        'Use COPY for files, ADD --checksum=sha256:… for an address; unpack an archive in a RUN of a stage that does not ship.',
      url: reference,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.5',
    title: 'No secret stands in a Dockerfile or is copied into an image',
    severity: 'HIGH',
    findsSecrets: true,
    rationale: 'Whoever pulls the image reads its variables, its history and all of its layers.',
    standards: { 'cis-docker-1.6.0': ['4.10'] },
    evaluate: (stage) =>
      departures(
        all(stage, 'ENV', 'ARG', 'LABEL', 'COPY', 'ADD', ...programs).flatMap(secretFaults),
      ),
    remediation: {
      advice:
        'Use RUN --mount=type=secret while building, and the environment of the container when it runs. Then change it: it was read.',
      url: secrets,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.6',
    title: 'Images have no sudo',
    severity: 'LOW',
    rationale: 'sudo makes root of whoever has broken in.',
    standards: { 'cis-docker-1.6.0': ['4.8'] },
    evaluate: (stage) =>
      departures(
        scripts(stage, (script) => /(?:^|[\s;&|("'])sudo(?:[\s;&|)"']|$)/.test(script)).map(
          ({ said }) => fault(said, 'no sudo', 'it uses or installs sudo'),
        ),
      ),
    remediation: {
      advice: 'Do what needs root before USER, and take sudo out.',
      url: building,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.9',
    title: 'Nothing is fetched and run in one step',
    severity: 'HIGH',
    rationale: 'Whoever answers for that address decides what is in the image.',
    standards: { 'cis-docker-1.6.0': ['4.11'] },
    evaluate: (stage) =>
      departures(
        scripts(stage, runsWhatItFetches).map(({ said }) =>
          fault(
            said,
            'a file whose checksum is compared',
            'it runs what it downloads, and nothing looks at that before',
          ),
        ),
      ),
    remediation: {
      advice: 'Fetch a release into a file, compare its checksum, and run it then.',
      url: building,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.12',
    title: 'Files of images cannot be written by others',
    severity: 'MEDIUM',
    rationale: 'Whoever breaks in as any user changes what others run.',
    standards: {},
    evaluate: (stage) =>
      departures([
        ...scripts(stage, (script) => modesIn(script).some(isOpenMode)).map(({ said }) =>
          fault(said, 'no right of others to write', 'everybody may write to its files'),
        ),
        ...all(stage, 'COPY', 'ADD')
          .filter(({ flags }) => isOpenMode(flags.get('chmod') ?? ''))
          .map(({ said }) =>
            fault(said, 'no right of others to write', 'everybody may write to its files'),
          ),
      ]),
    remediation: {
      advice:
        'Give files to the user that writes to them: COPY --chown, and a mode such as 755 or 644.',
      url: reference,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.13',
    title: 'No step of a build has the rights or the network of its host',
    severity: 'HIGH',
    rationale:
      'What a step runs then reaches what the host that builds has, and what others build there.',
    standards: {},
    evaluate: (stage) => departures(all(stage, 'RUN').flatMap(hostFaults)),
    remediation: {
      advice:
        'Take --security=insecure and --network=host out; fetch what a step needs in one before it.',
      url: reference,
    },
  }),
];
