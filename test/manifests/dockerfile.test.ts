import { readDockerfile } from '../../lib/manifests/dockerfile/read.ts';
import { secretLinesIn } from '../../lib/templates/document/secret-lines.ts';
import { evaluated, verdictOn } from './checking.ts';

type Case = readonly [text: string, verdict: string];

const from = (...lines: readonly string[]) => `FROM debian:12\n${lines.join('\n')}\n`;
const run = (script: string) => from(`RUN ${script}`);

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.DOCKER.1': {
    'no user, of an image that begins as root': [from(), 'FAIL'],
    'an instruction that names nobody': [from('USER'), 'FAIL'],
    'no user, of nothing': ['FROM scratch\n', 'FAIL'],
    'no user, of an image that is not known': ['FROM registry.example.com/app:1\n', 'UNKNOWN'],
    'no user, of one that is said to have another': [
      'FROM gcr.io/distroless/static-debian12:nonroot\n',
      'PASS',
    ],
    'no user, of the same without that': ['FROM gcr.io/distroless/static-debian12\n', 'FAIL'],
    'no user, of the same with another tag': ['FROM gcr.io/distroless/base:debug\n', 'FAIL'],
    'no user, of the same by a digest alone': [
      `FROM gcr.io/distroless/base@sha256:${'0'.repeat(64)}\n`,
      'UNKNOWN',
    ],
    'a user by a build argument that is root': [from('ARG U=root', 'USER $U'), 'FAIL'],
    'a user by a build argument above FROM, which is none below': [
      `ARG U=root\n${from('USER $U')}`,
      'UNKNOWN',
    ],
    'a user': [from('USER app'), 'PASS'],
    'a number with a group': [from('USER 1000:1000'), 'PASS'],
    root: [from('USER root'), 'FAIL'],
    'zero with a group': [from('USER 0:1000'), 'FAIL'],
    'zero in quotes': [from('USER "0"'), 'FAIL'],
    'root, then another': [from('USER root', 'USER app'), 'PASS'],
    'another, then root': [from('USER app', 'USER root'), 'FAIL'],
    'in small letters': [from('user app'), 'PASS'],
    'by an argument with a default': [from('ARG U=root', 'USER $U'), 'FAIL'],
    'by an argument without one': [from('ARG U', 'USER $U'), 'UNKNOWN'],
    'by a default in its place': [from('ARG U', 'USER ${U:-0}'), 'FAIL'],
    'by an argument that is set later': [from('USER $U', 'ARG U=app'), 'UNKNOWN'],
    'by a variable of the stage below': [
      'FROM debian:12 AS a\nENV U=app\nFROM a\nUSER $U\n',
      'PASS',
    ],
    'in a stage that does not ship': ['FROM debian:12 AS a\nUSER app\nFROM debian:12\n', 'FAIL'],
    'in the stage that it begins with': ['FROM debian:12 AS a\nUSER app\nFROM a\n', 'PASS'],
    'root in a stage that does not ship': [
      'FROM debian:12 AS a\nUSER root\nFROM debian:12\nUSER app\n',
      'PASS',
    ],
    'in a document of a shell': [from('RUN <<EOF', 'USER app', 'EOF'), 'FAIL'],
    'in a comment between continued lines': [from('RUN a \\', '# USER app', '  b'), 'FAIL'],
    'behind a continued line': [from('RUN a \\', 'USER app'), 'FAIL'],
    'with another escape': ['# escape=`\nFROM debian:12\nRUN a `\nUSER app\n', 'FAIL'],
    'for images that are built from it': [from('USER app', 'ONBUILD USER root'), 'FAIL'],
    'for those alone': [from('ONBUILD USER app'), 'FAIL'],
    'Windows line ends': ['FROM debian:12\r\nUSER app\r\n', 'PASS'],
  },
  'PL.DOCKER.2': {
    'a tag': [from(), 'PASS'],
    'no tag': ['FROM debian\n', 'FAIL'],
    latest: ['FROM debian:latest\n', 'FAIL'],
    'a digest': [`FROM debian@sha256:${'0'.repeat(64)}\n`, 'PASS'],
    'a registry with a port': ['FROM localhost:5000/app\n', 'FAIL'],
    'with a platform': ['FROM --platform=$BUILDPLATFORM debian:12 AS a\n', 'PASS'],
    nothing: ['FROM scratch\n', 'NOT_APPLICABLE'],
    'an argument with a default': ['ARG V=12\nFROM debian:${V}\n', 'PASS'],
    'an argument without one': ['ARG V\nFROM debian:${V}\n', 'UNKNOWN'],
    'an argument that is latest': ['ARG V=latest\nFROM debian:$V\n', 'FAIL'],
    'another stage': ['FROM debian:12 AS a\nFROM A\n', 'NOT_APPLICABLE'],
  },
  'PL.DOCKER.3': { 'no classes are named': [from(), 'NOT_APPLICABLE'] },
  'PL.DOCKER.4': {
    copied: [from('COPY a b'), 'PASS'],
    'added from here': [from('ADD a b'), 'FAIL'],
    'an address': [from('ADD https://example.com/a b'), 'FAIL'],
    'an address with a checksum': [
      from(`ADD --checksum=sha256:${'0'.repeat(64)} https://example.com/a b`),
      'PASS',
    ],
    'an archive': [from('ADD a.tar.gz /'), 'FAIL'],
    'as JSON': [from('ADD ["a b.tar", "/"]'), 'FAIL'],
    'for images that are built from it': [from('ONBUILD ADD a b'), 'FAIL'],
  },
  'PL.DOCKER.5': {
    'nothing is said': [from('ENV PORT=80'), 'PASS'],
    'a password': [from('ENV DB_PASSWORD=correcthorse'), 'FAIL'],
    'in the old form': [from('ENV DB_PASSWORD correcthorse'), 'FAIL'],
    'a file of a folder of secrets': [from('COPY secrets/prod.pem /etc/app/'), 'FAIL'],
    'a folder of secrets': [from('COPY deploy/secrets/ /run/'), 'FAIL'],
    'a program about secrets': [from('COPY src/secrets/index.ts src/secretsmanager /app/'), 'PASS'],
    'an example of a secret': [from('COPY secrets/prod.env.example /app/'), 'PASS'],
    'the second of a line': [from('ENV A=b \\', '  API_TOKEN="correct horse"'), 'FAIL'],
    'an argument with one': [from('ARG API_TOKEN=correcthorse'), 'FAIL'],
    'an argument that is to have one': [from('ARG API_TOKEN'), 'FAIL'],
    'an argument that is none': [from('ARG VERSION'), 'PASS'],
    'where a file of it is': [from('ENV DB_PASSWORD_FILE=/run/secrets/db'), 'PASS'],
    'a key that is copied': [from('COPY id_rsa /root/.ssh/'), 'FAIL'],
    'settings that are copied': [from('COPY .env .'), 'FAIL'],
    'an example that is copied': [from('COPY .env.example .'), 'PASS'],
    'an empty value in quotes': [from('ENV DB_PASSWORD=""'), 'PASS'],
    'a name in one word': [from('ENV PGPASSWORD=correcthorse'), 'FAIL'],
    'a base of keys': [from('ENV SECRET_KEY_BASE=0123456789abcdef'), 'FAIL'],
    'of redis': [from('ENV REDISCLI_AUTH=correcthorse'), 'FAIL'],
    'a secret of tokens': [from('ENV JWTSECRET=correcthorse'), 'FAIL'],
    'what begins like a path': [from('ENV DB_PASSWORD=/9j+ab3kdjfQ'), 'FAIL'],
    'a path': [from('ENV DB_PASSWORD=/run/secrets/Db1Password'), 'PASS'],
    'a word with it in it': [from('ENV BYPASS=correcthorse COMPASS=north OLDPWD=there'), 'PASS'],
    'an exported one': [run('export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI && a'), 'FAIL'],
    'a variable of a script': [run('export DB_PASSWORD="$P" && DB_PASSWORD=$(cat /a) b'), 'PASS'],
    'a mounted one': [run('--mount=type=secret,id=a TOKEN=$(cat /run/secrets/a) b'), 'PASS'],
    'a file of a script': [run('a --password-file=/run/secrets/b --token-file c'), 'PASS'],
    'a user without a password': [run('adduser --disabled-password app'), 'PASS'],
    'a user of curl': [run('curl -u admin:correcthorse https://a.example/b -o /b'), 'FAIL'],
    'a user of curl by a variable': [run('curl -u "admin:$P" https://a.example/b -o /b'), 'PASS'],
    'the password of root': [run("echo 'root:correcthorse' | chpasswd"), 'FAIL'],
    'the password of root by a variable': [run('echo "root:$P" | chpasswd'), 'PASS'],
    'an option of what runs': [from('CMD ["app", "--password", "correcthorse"]'), 'FAIL'],
    'an option of a check': [from('HEALTHCHECK CMD ["curl", "-u", "a:correcthorse", "b"]'), 'FAIL'],
    'an option of an entry': [from('ENTRYPOINT app --api-key=correcthorse'), 'FAIL'],
    'in a document': [from('COPY <<EOF /a', 'DB_PASSWORD=correcthorse', 'EOF'), 'FAIL'],
    'keys by a star': [from('COPY id_ed25519* /root/.ssh/'), 'FAIL'],
    'a folder by a star': [from('COPY .ssh/* /root/.ssh/'), 'FAIL'],
    'others by a star': [from('COPY package*.json *.pub ./'), 'PASS'],
    'a key of another stage': ['FROM a:1 AS a\nFROM debian:12\nCOPY --from=a /id_rsa /\n', 'PASS'],
    'in a stage that does not ship': [
      'FROM a:1 AS a\nENV DB_PASSWORD=correcthorse\nFROM debian:12\n',
      'FAIL',
    ],
  },
  'PL.DOCKER.6': {
    'as JSON': [run('["/bin/sh", "-c", "a && sudo b"]'), 'FAIL'],
    'no sudo': [run('apt-get update'), 'PASS'],
    sudo: [run('sudo apt-get update'), 'FAIL'],
    installed: [run('apt-get install -y curl sudo'), 'FAIL'],
    'a word with it in it': [run('echo pseudo sudoku'), 'PASS'],
  },
  'PL.DOCKER.7': {
    'what dnf installs again': [run('dnf -y reinstall curl'), 'FAIL'],
    'the least upgrade of dnf': [run('dnf -y upgrade-minimal'), 'FAIL'],
    'the least upgrade of dnf, and a clean cache': [run('dnf -y up-min && dnf clean all'), 'PASS'],
    'metadata of yum alone': [run('yum install -y a-1 && yum clean metadata'), 'FAIL'],
    'all of yum': [run('yum install -y a-1 && yum -y clean all'), 'PASS'],
    'zypper in short': [run('zypper in a=1 && zypper cc'), 'PASS'],
    'patches of zypper': [run('zypper patch'), 'FAIL'],
    'apk as JSON': [run('["/bin/sh", "-c", "apk add curl"]'), 'FAIL'],
    'apk by a shell': [run("sh -ec 'apk add curl'"), 'FAIL'],
    'apt that keeps what it fetches, with its lists in a cache': [
      from(
        'RUN rm -f /etc/apt/apt.conf.d/docker-clean',
        'RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl',
      ),
      'FAIL',
    ],
    'the same with both in a cache': [
      from(
        'RUN rm -f /etc/apt/apt.conf.d/docker-clean',
        'RUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl',
      ),
      'PASS',
    ],
    'the same, and clean afterwards': [
      from(
        'RUN rm -f /etc/apt/apt.conf.d/docker-clean',
        'RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl && apt-get clean',
      ),
      'PASS',
    ],
    'apt with lists': [run('apt-get update && apt-get install -y curl'), 'FAIL'],
    'apt without lists': [
      run('apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*'),
      'PASS',
    ],
    'apt without lists in the next layer': [
      from('RUN apt-get install -y curl', 'RUN rm -rf /var/lib/apt/lists/*'),
      'FAIL',
    ],
    'apt with a mounted cache': [
      run('--mount=type=cache,target=/var/lib/apt apt-get install -y curl'),
      'PASS',
    ],
    'apk with': [run('apk add curl'), 'FAIL'],
    'apk without': [run('apk add --no-cache curl'), 'PASS'],
    'apk in a document': [from('RUN <<EOF', 'apk update', 'apk add curl', 'EOF'), 'FAIL'],
    'pip with': [run('python3 -m pip install -r requirements.txt'), 'FAIL'],
    'pip without': [run('pip install --no-cache-dir a==1'), 'PASS'],
    'pip without, by a variable': [from('ENV PIP_NO_CACHE_DIR=1', 'RUN pip install a==1'), 'PASS'],
    'dnf with': [run('dnf install -y curl'), 'FAIL'],
    'dnf without': [run('dnf install -y curl && dnf clean all'), 'PASS'],
    'apt with the wrong cache mounted': [
      run('--mount=type=cache,target=/var/cache/apt apt-get install -y curl'),
      'FAIL',
    ],
    'apt with two caches mounted': [
      run(
        '--mount=type=cache,target=/var/lib/apt --mount=type=cache,target=/a apt-get install -y b',
      ),
      'PASS',
    ],
    'dnf cleaned before': [run('dnf clean all && dnf install -y curl'), 'FAIL'],
    'dnf renewed': [run('dnf -y upgrade'), 'FAIL'],
    'pip with, by a variable': [from('ENV PIP_NO_CACHE_DIR=0', 'RUN pip install a==1'), 'FAIL'],
    'pip without, by a variable of the base': [
      'FROM debian:12 AS a\nENV PIP_NO_CACHE_DIR=1\nFROM a\nRUN pip install a==1\n',
      'PASS',
    ],
    'in a stage that does not ship': [
      'FROM a:1 AS a\nRUN apk add curl\nFROM debian:12\n',
      'NOT_APPLICABLE',
    ],
  },
  'PL.DOCKER.8': {
    'an archive of pip': [run('pip install app.tar.gz'), 'PASS'],
    'nothing is installed': [run('apt-get update'), 'PASS'],
    'apt without versions': [run('apt-get install -y curl=1 git'), 'FAIL'],
    'apt with versions': [run('apt-get install -y --no-install-recommends curl=1 git=2'), 'PASS'],
    'as JSON': [run('["apt-get", "install", "-y", "curl"]'), 'FAIL'],
    'apk with a version': [run('apk add --no-cache -t deps curl=1'), 'PASS'],
    'pip of a file': [run('pip install -r requirements.txt'), 'PASS'],
    'pip without a version': [run('pip install requests'), 'FAIL'],
    'npm without a version': [run('npm install -g yarn'), 'FAIL'],
    'npm with a version': [run('npm install -g @a/b@1.2.3'), 'PASS'],
    'npm of the project': [run('npm install'), 'PASS'],
    'npm of a package without a version': [run('npm install express a@1.0.0'), 'FAIL'],
    'npm of what git has': [run('npm install git+https://a.example/b.git'), 'FAIL'],
    'behind a variable in braces': [run('apt-get install -y curl=${V} git'), 'FAIL'],
    'pip of what git has': [run('pip install git+https://a.example/b.git'), 'FAIL'],
    'pip with constraints': [run('pip install requests -c constraints.txt'), 'PASS'],
    'pip of a folder': [run('pip install ./a b/c'), 'PASS'],
    pipx: [run('pipx install black'), 'FAIL'],
    'a module of yum': [run('yum module install -y tomcat'), 'FAIL'],
    'gem with a version': [run('gem install a -v 1'), 'PASS'],
    'gem in short': [run('gem i a'), 'FAIL'],
    'gem with options for what it builds': [run('gem install a:1 -- --use-b true'), 'PASS'],
  },
  'PL.DOCKER.9': {
    'fetched into a file': [
      run('curl -fsSL https://a.example/x -o x && sha256sum -c sums && sh x'),
      'PASS',
    ],
    'into a shell': [run('curl -fsSL https://a.example/x | sh'), 'FAIL'],
    'into a shell with options': [
      run('wget -qO- https://a.example/x | sudo -E bash -s -- -y'),
      'FAIL',
    ],
    'by wget to its output': [run('wget -O- http://a.example/x | bash'), 'FAIL'],
    'by HTTPie': [run('http https://a.example/x | bash'), 'FAIL'],
    'by HTTPie into a file': [run('https -o x a.example/x && sh x'), 'FAIL'],
    'by a substitution': [run('sh -c "$(curl -fsSL https://a.example/x)"'), 'FAIL'],
    'by a document': [run('bash <(curl -s https://a.example/x)'), 'FAIL'],
    'into Python': [run('curl https://a.example/x | python3 -'), 'FAIL'],
    'into tar': [run('curl https://a.example/x | tar xz'), 'PASS'],
    'over lines': [run('curl https://a.example/x \\\n  | bash'), 'FAIL'],
    'as JSON': [run('["/bin/sh","-c","curl https://a.example/x | sh"]'), 'FAIL'],
    'behind what looks like JSON': [run('["true"] || curl https://a.example/x | sh'), 'FAIL'],
    'with its errors': [run('curl https://a.example/x |& bash'), 'FAIL'],
    'with a query': [run('curl "https://a.example/x?a=1&b=2" | sh'), 'FAIL'],
    'by more than one pipe': [run('curl https://a.example/x | tee a | gunzip | sh'), 'FAIL'],
    'with a version': [run('curl https://a.example/x | V=1.8.3 python3 -'), 'FAIL'],
    'by PowerShell': [run('iwr https://a.example/x | iex'), 'FAIL'],
    'by PowerShell, the other way round': [
      run('iex ((New-Object System.Net.WebClient).DownloadString("https://a.example/x"))'),
      'FAIL',
    ],
    'by a text': [run('bash <<< "$(curl https://a.example/x)"'), 'FAIL'],
    'by a file of nothing': [run('bash < <(curl https://a.example/x)'), 'FAIL'],
    'by a file': [run('curl -fsSL https://a.example/x -o /tmp/y && sh /tmp/y'), 'FAIL'],
    'by a file of its own name': [
      run('wget https://a.example/x.sh && chmod +x x.sh && ./x.sh'),
      'FAIL',
    ],
    'by a file in a shell': [
      run("bash -c 'curl https://a.example/x > /tmp/y; bash /tmp/y'"),
      'FAIL',
    ],
    'into a file, and another is run': [run('curl https://a.example/x -o y && sh z'), 'PASS'],
    'into a folder called like a shell': [
      run('curl https://a.example/x | tar xz -C /usr/local/node'),
      'PASS',
    ],
    'into what is called like a shell': [run('curl https://a.example/x | shasum'), 'PASS'],
  },
  'PL.DOCKER.10': {
    'nothing is offered': [from(), 'PASS'],
    'port 22': [from('EXPOSE 22'), 'FAIL'],
    'among others': [from('EXPOSE 80 22/tcp'), 'FAIL'],
    'in a range': [from('EXPOSE 20-25'), 'FAIL'],
    another: [from('EXPOSE 2222'), 'PASS'],
    'an argument without a default': [from('ARG P', 'EXPOSE $P'), 'UNKNOWN'],
    'in the stage that it begins with': ['FROM debian:12 AS a\nEXPOSE 22\nFROM a\n', 'FAIL'],
  },
  'PL.DOCKER.11': {
    'nothing is said': [from(), 'FAIL'],
    'a check': [from('HEALTHCHECK --interval=5s CMD true'), 'PASS'],
    'turned off': [from('HEALTHCHECK CMD true', 'HEALTHCHECK NONE'), 'FAIL'],
    'in the stage that it begins with': [
      'FROM debian:12 AS a\nHEALTHCHECK CMD true\nFROM a\n',
      'PASS',
    ],
  },
  'PL.DOCKER.13': {
    'a step has nothing of the host': [from('RUN ls'), 'PASS'],
    'a step is sandboxed by name': [from('RUN --security=sandbox --network=none ls'), 'PASS'],
    'a step has all rights': [from('RUN --security=insecure mount -t proc none /mnt'), 'FAIL'],
    'a step has the network of the host': [from('RUN --network=host ls'), 'FAIL'],
    'the second of two flags says it': [
      from('RUN --mount=type=cache,target=/a --security=INSECURE ls'),
      'FAIL',
    ],
    'images that are built from it have such a step': [
      from('ONBUILD RUN --network=host ls'),
      'FAIL',
    ],
    'a stage that does not ship has such a step': [
      `FROM a:1 AS b\nRUN --security=insecure ls\n${from()}`,
      'FAIL',
    ],
    'a program has a flag of that name': [from('RUN curl --network=host a'), 'PASS'],
  },
  'PL.DOCKER.12': {
    'nothing is said': [from('COPY a b'), 'PASS'],
    'all rights': [run('chmod -R 777 /app'), 'FAIL'],
    'by a letter': [run('chmod a+rwx /app'), 'FAIL'],
    'to run alone': [run('chmod +x /app'), 'PASS'],
    'of the owner': [run('chmod 755 /app && chmod u+w /app'), 'PASS'],
    'a folder for all with a sticky bit': [run('chmod 1777 /tmp'), 'PASS'],
    'as JSON': [run('["/bin/sh","-c","chmod -R 777 /srv"]'), 'FAIL'],
    'as JSON over lines': [
      run('["/bin/sh", \\\n  # why\n "-c", \\\n "chmod -R 777 /srv"]'),
      'FAIL',
    ],
    'while copying': [from('COPY --chmod=666 a b'), 'FAIL'],
  },
};

/** What BuildKit reads without its quotes. https://docs.docker.com/reference/dockerfile/#environment-replacement */
describe('a word in quotes is what stands in them', () => {
  it.each([
    ['ARG T="latest"\nFROM a:$T', 'PL.DOCKER.2', 'FAIL'],
    ["ARG T='latest'\nFROM a:$T", 'PL.DOCKER.2', 'FAIL'],
    ['ARG A=a\nARG I="$A:latest"\nFROM $I', 'PL.DOCKER.2', 'FAIL'],
    ['FROM "a:latest"', 'PL.DOCKER.2', 'FAIL'],
    ['FROM a:"1.2"', 'PL.DOCKER.2', 'PASS'],
    ['FROM a:1\nENV U=ro"ot"\nUSER $U', 'PL.DOCKER.1', 'FAIL'],
    ['FROM a:1\nUSER r\\oot', 'PL.DOCKER.1', 'FAIL'],
    ['FROM a:1\nENV U="app"\nUSER "$U"', 'PL.DOCKER.1', 'PASS'],
    ['FROM a:1\nENV P="22"\nEXPOSE "$P"', 'PL.DOCKER.10', 'FAIL'],
    ['FROM a:1\nENV DB_PASSWORD=""', 'PL.DOCKER.5', 'PASS'],
    ['FROM a:1\nENV DB_PASSWORD="true"', 'PL.DOCKER.5', 'PASS'],
    ['FROM a:1\nENV DB_PASSWORD="hunter2hunter2"', 'PL.DOCKER.5', 'FAIL'],
    ['FROM "a:1" AS b\nUSER app\nFROM "b"', 'PL.DOCKER.1', 'PASS'],
  ])('%j', async (text, control, verdict) => {
    expect(await verdictOn(`${text}\n`, control, {}, 'Dockerfile')).toBe(verdict);
  });
});

describe.each(Object.entries(cases))('%s', (id, table) => {
  it.each(Object.entries(table))('%s', async (_, [text, verdict]) => {
    expect(await verdictOn(text, id, {}, 'Dockerfile')).toBe(verdict);
  });
});

it('keeps back the line of a secret, and no other', () => {
  const text =
    'FROM debian:12\nRUN ls\nRUN ls\nRUN ls\nRUN ls\nENV PASSWORD=hunter2hunter2\nUSER 1\n';
  const { document } = readDockerfile({ file: 'Dockerfile', path: 'Dockerfile', text });
  const kept = secretLinesIn(text, [document]);
  expect(text.split('\n').flatMap((_, at) => (kept.has(at + 1) ? [at + 1] : []))).toEqual([6]);
});

describe('parameters', () => {
  const classes = { 'PL.DOCKER.3': { parameters: { classes: ['distroless', 'alpine'] } } };
  it.each([
    ['FROM gcr.io/distroless/base:nonroot\n', 'PASS'],
    ['FROM node:22-alpine3.20\n', 'PASS'],
    ['FROM node:22-slim\n', 'FAIL'],
    ['FROM node:22\n', 'FAIL'],
    ['FROM registry.example.com/base:1\n', 'UNKNOWN'],
    ['FROM node:22 AS a\nFROM alpine:3\n', 'PASS'],
  ])('names the class of %s', async (text, verdict) => {
    const found = await verdictOn(text, 'PL.DOCKER.3', classes, 'Dockerfile');
    expect(found.replace('NOT_APPLICABLE', '').trim() || 'PASS').toBe(verdict);
  });
  it('asks for digests where it is told so', async () => {
    const settings = { 'PL.DOCKER.2': { parameters: { digest: true } } };
    expect(await verdictOn(from(), 'PL.DOCKER.2', settings, 'Dockerfile')).toBe('FAIL');
  });
});

it('points to the instruction, and never shows a secret', async () => {
  const text = from('RUN a', 'ENV DB_PASSWORD=correcthorse', 'USER app');
  const { located } = await evaluated({ 'app/Dockerfile': text });
  const found = located.find(
    ({ control, verdict }) => control.id === 'PL.DOCKER.5' && verdict.status === 'FAIL',
  );
  expect(found?.range.line).toBe(3);
  expect(JSON.stringify(found?.verdict)).not.toContain('correcthorse');
});

it('takes an exemption that stands with an instruction', async () => {
  const text = from('# plumbline:exempt PL.DOCKER.4 it is ours', 'ADD a b', 'USER app');
  expect(await verdictOn(text, 'PL.DOCKER.4', {}, 'Dockerfile')).toBe('exempted');
});

it('takes no exemption that an instruction says', async () => {
  const text = from('ENV A="# plumbline:exempt PL.DOCKER.4 it is ours"', 'ADD a b', 'USER app');
  expect(await verdictOn(text, 'PL.DOCKER.4', {}, 'Dockerfile')).toMatch(/^FAIL/);
});

describe('bad input', () => {
  it.each([
    ['without a FROM', 'RUN a\n', 'no FROM stands in it'],
    ['of bytes', 'FROM a\0', 'this is no text'],
    ['that is huge', `FROM a\n${'RUN b\n'.repeat(50_000)}`, 'it is larger than 200 kB'],
  ])('says in one sentence what is wrong with a file %s', async (_, text, message) => {
    await expect(evaluated({ Dockerfile: text })).rejects.toThrow(message);
  });
});
