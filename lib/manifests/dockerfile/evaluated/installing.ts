import type { DockerInstruction, DockerStage } from '../../model/dockerfile.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { commandsIn } from '../commands.ts';
import { rewriting, withoutCaches } from '../rewritten.ts';
import { building } from './pages.ts';

/** What a manager of packages is asked to install. */
interface Installer {
  readonly isIt: (words: readonly string[]) => boolean;
  /** A package whose version is said. */
  readonly isPinned: (name: string) => boolean;
  /** The options that take another word. */
  readonly takes: RegExp;
  /** What leaves no cache behind. */
  readonly cleans?: RegExp;
  readonly cache?: RegExp;
}
const isCommand =
  (program: RegExp, verb: RegExp) =>
  ([name = '', ...words]: readonly string[]): boolean =>
    program.test(name) && verb.test(words.find((word) => !word.startsWith('-')) ?? '');

const apt: Installer = {
  isIt: isCommand(/^(?:\/usr\/bin\/)?(?:apt|apt-get|aptitude)$/, /^install$/),
  isPinned: (name) => /=|\//.test(name) || /\.deb$/.test(name),
  takes: /^(?:-t|--target-release|-o|--option|-c)$/,
  cleans: /\brm\s[^;&|]*\/var\/lib\/apt(?:\/lists)?/,
  cache: /\/var\/lib\/apt/,
};
const apk: Installer = {
  isIt: isCommand(/^(?:\/sbin\/)?apk$/, /^add$/),
  isPinned: (name) => /[=<>~@]/.test(name) || name.startsWith('.') || name.endsWith('.apk'),
  takes: /^(?:-t|--virtual|-X|--repository|-p|--root|--repositories-file)$/,
  cleans: /--no-cache\b|\brm\s[^;&|]*\/(?:var\/cache|etc)\/apk/,
  cache: /\/(?:var\/cache|etc)\/apk/,
};
const rpm: Installer = {
  isIt: isCommand(
    /^(?:yum|dnf|microdnf|tdnf|zypper)$/,
    /^(?:install|in|localinstall|reinstall|rei|upgrade|update|up|upgrade-minimal|up-min|update-minimal|patch|dup|dist-upgrade|module)$/,
  ),
  isPinned: (name) => /-\d|[=:]|\.rpm$|^@/.test(name),
  takes: /^(?:-c|--config|--repo|--enablerepo|--disablerepo)$/,
  cleans:
    /\b(?:yum|dnf|microdnf|tdnf)\b[^;&|]*\bclean\s+(?:-\S+\s+)*all\b|\bzypper\b[^;&|]*\s(?:clean|cc)\b|\brm\s[^;&|]*\/var\/cache\/(?:yum|dnf|zypp)/,
  cache: /\/var\/cache\/(?:yum|dnf|libdnf5|zypp)/,
};
const pip: Installer = {
  isIt: (words) => {
    const [first = '', second, third, ...rest] = words;
    const [program, verbs] =
      /^python[\d.]*$/.test(first) && second === '-m'
        ? [third ?? '', rest]
        : [first, words.slice(1)];
    return (
      /^(?:\S*\/)?pipx?[\d.]*$/.test(program) &&
      verbs.find((one) => !one.startsWith('-')) === 'install'
    );
  },
  isPinned: (name) =>
    /==|~=|@|\.(?:whl|zip|tar|tar\.gz|tgz|tar\.bz2)$/.test(name) ||
    name === '.' ||
    (name.includes('/') && !/^git[+:]/.test(name)),
  takes:
    /^(?:-r|--requirement|-c|--constraint|-e|--editable|-i|--index-url|--extra-index-url|-t|--target|--prefix|--root|-f|--find-links|--trusted-host|--timeout|--cache-dir|--proxy|--retries|--root-user-action|--python|--spec)$/,
  cleans: /--no-cache-dir\b|\bpip[\d.]*\s+cache\s+purge|\brm\s[^;&|]*\.cache/,
  cache: /\.cache(?:\/pip)?/,
};
const npm: Installer = {
  isIt: isCommand(/^npm$/, /^(?:install|i|add)$/),
  isPinned: (name) =>
    /^(?:@[^/]+\/)?[^@/]+@(?!latest$)./.test(name) ||
    (/^(?:git|https?:)/.test(name)
      ? /#.|\.tgz$/.test(name)
      : /^[./~]|\.(?:tar|tgz|tar\.gz)$/.test(name)),
  takes: /^(?:--prefix|--registry|--cache|--loglevel|-C)$/,
};
const gem: Installer = {
  isIt: isCommand(/^gem$/, /^(?:install|i)$/),
  isPinned: (name) => name.includes(':') || name.endsWith('.gem'),
  takes: /^(?:-i|--install-dir|-n|--bindir)$/,
};
const installers: readonly Installer[] = [apt, apk, rpm, pip, npm, gem];

interface Installing {
  readonly installer: Installer;
  readonly names: readonly string[];
  readonly words: readonly string[];
}
const verbs =
  /^(?:install|in|localinstall|reinstall|rei|add|i|upgrade|update|up|upgrade-minimal|up-min|update-minimal|patch|dup|dist-upgrade)$/;
const installingIn = (script: string): readonly Installing[] =>
  commandsIn(script).flatMap((words) => {
    const installer = installers.find(({ isIt }) => isIt(words));
    if (!installer) return [];
    const verb = words.findIndex((word, at) => at > 0 && verbs.test(word));
    const end = words.indexOf('--');
    const names = words
      .slice(verb + 1, end === -1 ? undefined : end)
      .filter(
        (word, index, rest) =>
          !(word.startsWith('-') || installer.takes.test(rest[index - 1] ?? '')),
      )
      // What is said of an option is no package either.
      .filter((word) => !/^[<>]|^\d?>|^(?:true|false)$/.test(word));
    return [{ installer, names, words }];
  });

/** Versions of all packages are said by an option. */
const saysVersions = (installer: Installer, words: readonly string[]): boolean =>
  (installer === gem && words.some((word) => /^(?:-v|--version)/.test(word))) ||
  (installer === pip && words.some((word) => /^(?:-c|--constraint)/.test(word)));

/** Packages that are installed in whatever version there is. */
const unpinned = ({ script }: DockerInstruction): readonly string[] =>
  installingIn(script).flatMap(({ installer, names, words }) => {
    if (saysVersions(installer, words)) return [];
    // A name that a variable stands for is said elsewhere.
    return names.filter((name) => !(installer.isPinned(name) || /[$`]/.test(name)));
  });

const isCached = ({ flags }: DockerInstruction, cache: RegExp | undefined): boolean =>
  (flags.get('mount') ?? '')
    .split(' ')
    .some((mount) => /\btype=(?:cache|tmpfs)\b/.test(mount) && (cache?.test(mount) ?? true));

/** What is cleaned before something is installed is full again. */
const isCleaned = (script: string, cleans: RegExp, words: readonly string[]): boolean => {
  if (cleans.test(words.join(' '))) return true;
  const from = script.lastIndexOf(words.at(-1) ?? '');
  return cleans.test(from === -1 ? script : script.slice(from));
};
/** Whether pip is told to keep no cache, in the script or by the environment. */
const isPipTold = (stage: DockerStage, one: DockerInstruction): boolean => {
  if (/PIP_NO_CACHE_DIR=["']?(?!0|off|no|false)\w/.test(one.script)) return true;
  const { text, missing } = stage.expanded('$PIP_NO_CACHE_DIR', one);
  return missing.length === 0 && !/^(?:|0|off|no|false)$/i.test(text);
};
/**
 * Whether apt keeps what it fetches: official images take it away, unless this file of theirs is taken out.
 * https://docs.docker.com/reference/dockerfile/#run---mounttypecache
 */
const keepsArchives = ({ instructions }: DockerStage, one: DockerInstruction): boolean =>
  instructions
    .slice(0, instructions.indexOf(one) + 1)
    .some(({ script }) => /\brm\s[^;&|]*\/apt\.conf\.d\/docker-clean\b/.test(script));
const leavesArchives = (stage: DockerStage, one: DockerInstruction): boolean =>
  keepsArchives(stage, one) &&
  !isCached(one, /\/var\/cache\/apt/) &&
  !/\bapt(?:-get)?\s+(?:-\S+\s+)*(?:dist)?clean\b|\brm\s[^;&|]*\/var\/cache\/apt/.test(one.script);
const leavesCache = (stage: DockerStage, one: DockerInstruction): boolean =>
  installingIn(one.script).some(({ installer, words }) => {
    const { cleans, cache } = installer;
    if (cleans === undefined) return false;
    if (installer === apt && leavesArchives(stage, one)) return true;
    if (isCached(one, cache)) return false;
    if (installer === pip && (words[0] === 'pipx' || isPipTold(stage, one))) return false;
    return !isCleaned(one.script, cleans, words);
  });

const runs = ({ instructions }: DockerStage) =>
  instructions.filter(({ keyword }) => keyword === 'RUN');
const mostNamed = 3;

/** What packages are installed, and what they leave. */
export const installing: readonly ManifestControl[] = [
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.7',
    title: 'Layers that ship hold no caches of packages',
    severity: 'LOW',
    rationale: 'A cache makes the image larger, and is in it for good once its layer is written.',
    standards: { 'cis-docker-1.6.0': ['4.3'] },
    evaluate(stage) {
      if (!stage.isShipped) return notApplicable('it does not ship');
      return departures(
        runs(stage)
          .filter((one) => leavesCache(stage, one))
          .map(({ said }) => fault(said, 'no cache', 'its layer keeps the cache of packages')),
      );
    },
    repair: (stage) =>
      rewriting(
        runs(stage).filter((one) => leavesCache(stage, one)),
        withoutCaches,
        'leaves no cache',
      ) ?? { why: 'what it runs is not simple enough to be continued' },
    remediation: {
      advice:
        'In the same RUN: apk add --no-cache, rm -rf /var/lib/apt/lists/*, dnf clean all, pip install --no-cache-dir; or RUN --mount=type=cache.',
      url: building,
    },
  }),
  defineManifestControl('dockerStage', {
    id: 'PL.DOCKER.8',
    title: 'Packages are installed by their versions',
    severity: 'LOW',
    rationale:
      'What nobody names changes from one build to the next without anybody having looked at it.',
    standards: { 'cis-docker-1.6.0': ['4.11'] },
    evaluate: (stage) =>
      departures(
        runs(stage).flatMap((one) => {
          const names = unpinned(one);
          return names.length === 0
            ? []
            : [
                fault(
                  one.said,
                  'a version',
                  `no version is given for ${names.slice(0, mostNamed).join(', ')}`,
                ),
              ];
        }),
      ),
    remediation: {
      advice:
        'Name versions: apt-get install curl=8.5.0-2, apk add curl=8.9.1-r1, pip install requests==2.32.3 or -r with hashes.',
      url: building,
    },
  }),
];
