import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluated, verdictOn } from './checking.ts';

type Case = readonly [text: string, verdict: string, why?: string];

const all = (services: string, rest = '') => `services:\n${services}\n${rest}`;
const service = (said: string, rest = '', image = 'app:1') =>
  all(`  web: {image: ${image}${said === '' ? '' : `, ${said}`}}`, rest);
const store = (image: string, said = '') => service(said, '', image);
const inside = 'networks: {inside: {internal: true}}';

const rights: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.CONTAINER.1': {
    'nothing is said': [service(''), 'PASS'],
    privileged: [service('privileged: true'), 'FAIL'],
    'a variable with a default': [service('privileged: "${P:-true}"'), 'FAIL'],
    'a variable without one': [service('privileged: "${P}"'), 'UNKNOWN'],
    'a program that is started in it': [
      service('post_start: [{command: a, privileged: true}]'),
      'FAIL',
    ],
    'while its image is built': [service('build: {context: ., privileged: true}'), 'FAIL'],
    'by a merge key': [
      all('  web: {image: a, <<: *all}', 'x-all: 1').replace(
        'services:',
        'x-a: &all {privileged: true}\nservices:',
      ),
      'FAIL',
    ],
    'by what it extends': [
      all('  base: {image: a, privileged: true}\n  web: {extends: base, image: b}'),
      'FAIL',
    ],
    'Windows line ends': [
      'services:\r\n  web:\r\n    image: a\r\n    privileged: true\r\n',
      'FAIL',
    ],
    'in JSON': ['{"services": {"web": {"image": "a", "privileged": true}}}', 'FAIL'],
    'of a profile': [service('privileged: true, profiles: [debug]'), 'FAIL'],
  },
  'PL.CONTAINER.2': {
    'nothing is said': [service(''), 'FAIL'],
    'no new ones': [service('security_opt: ["no-new-privileges:true"]'), 'PASS'],
    'by the name alone': [service('security_opt: [no-new-privileges]'), 'PASS'],
    'with an equals sign': [service('security_opt: ["no-new-privileges=true"]'), 'PASS'],
    'turned off': [service('security_opt: ["no-new-privileges:false"]'), 'FAIL'],
    'both, which is no promise': [
      service('security_opt: ["no-new-privileges:true", "no-new-privileges:false"]'),
      'FAIL',
    ],
  },
  'PL.CONTAINER.3': {
    'nothing is said': [service(''), 'FAIL'],
    'all are dropped': [service('cap_drop: [ALL]'), 'PASS'],
    'in small letters': [service('cap_drop: [all]'), 'PASS'],
    'a variable decides': [service('cap_drop: ["${DROP}"]'), 'UNKNOWN'],
    'it is taken back': [service('cap_drop: !reset [ALL]'), 'FAIL'],
  },
  'PL.CONTAINER.4': {
    'one beyond the default set': [service('cap_add: [SYS_ADMIN]'), 'FAIL'],
    'one that is known and one that is not': [
      service('cap_add: ["${MORE}", CAP_SYS_ADMIN]'),
      'FAIL',
    ],
    'one that is not known': [service('cap_add: ["${MORE}"]'), 'UNKNOWN'],
  },
  'PL.CONTAINER.6': {
    'nothing is said': [service(''), 'FAIL'],
    'a number': [service('user: "1000:1000"'), 'PASS'],
    'a name': [service('user: app'), 'PASS'],
    root: [service('user: root'), 'FAIL'],
    'root with a group': [service('user: "0:1000"'), 'FAIL'],
    'zero in another way': [service('user: "00"'), 'FAIL'],
    'a variable decides': [service('user: "${UID}:${GID}"'), 'UNKNOWN'],
    'a variable with a default': [service('user: "${UID:-0}"'), 'FAIL'],
  },
  'PL.CONTAINER.7': {
    'nothing is said': [service(''), 'FAIL'],
    'read-only': [service('read_only: true'), 'PASS'],
    'a variable in another': [service('read_only: "${A:-${B:-true}}"'), 'PASS'],
  },
  'PL.CONTAINER.8': {
    'nothing is said': [service(''), 'PASS'],
    'no seccomp': [service('security_opt: ["seccomp:unconfined"]'), 'FAIL'],
    'no AppArmor': [service('security_opt: ["apparmor=unconfined"]'), 'FAIL'],
    'no labels': [service('security_opt: ["label:disable"]'), 'FAIL'],
  },
  'PL.CONTAINER.9': {
    'nothing is said': [service(''), 'PASS'],
    'the network': [service('network_mode: host'), 'FAIL'],
    'the processes': [service('pid: host'), 'FAIL'],
    'the IPC': [service('ipc: host'), 'FAIL'],
    'the users': [service('userns_mode: host'), 'FAIL'],
    'the cgroups': [service('cgroup: host'), 'FAIL'],
    'with spaces': [service('pid: " host"'), 'FAIL'],
    'the network by the name that it has in Docker': [
      service('networks: [n]', 'networks: {n: {name: host, external: true}}'),
      'FAIL',
    ],
    'that name as compose once wrote it': [
      service('networks: {n: {}}', 'networks: {n: {external: {name: host}}}'),
      'FAIL',
    ],
    'that name as its own': [
      service('networks: [host]', 'networks: {host: {external: true}}'),
      'FAIL',
    ],
    'one of its own that is called so here': [
      service('networks: [host]', 'networks: {host: {internal: true}}'),
      'PASS',
    ],
    'another that is there already': [
      service('networks: [n]', 'networks: {n: {name: other, external: true}}'),
      'PASS',
    ],
    'those of another service': [service('network_mode: "service:web"'), 'UNKNOWN'],
    'the processes of a service that there is not': [service('pid: "service:other"'), 'UNKNOWN'],
    'a variable decides': [service('network_mode: "${MODE}"'), 'UNKNOWN'],
  },
  'PL.CONTAINER.10': {
    'a share of the host itself': [
      service(
        'volumes: [a:/b]',
        'volumes: {a: {driver_opts: {type: nfs, o: "addr=127.0.0.1,rw", device: ":/etc"}}}',
      ),
      'FAIL',
    ],
    'a share of the host itself, named with it': [
      service(
        'volumes: [a:/b]',
        'volumes: {a: {driver_opts: {type: nfs4, o: rw, device: "localhost:/etc"}}}',
      ),
      'FAIL',
    ],
    'a share of a server': [
      service(
        'volumes: [a:/b]',
        'volumes: {a: {driver_opts: {type: nfs, o: "addr=10.0.0.8,rw", device: ":/etc"}}}',
      ),
      'PASS',
    ],
    'nothing is said': [service(''), 'PASS'],
    'the socket of Docker': [
      service('volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]'),
      'FAIL',
    ],
    'in the long form': [
      service('volumes: [{type: bind, source: /run/docker.sock, target: /a}]'),
      'FAIL',
    ],
    'by the word for it': [service('use_api_socket: true'), 'FAIL'],
    'its pipe on Windows': [
      service("volumes: ['\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine']"),
      'FAIL',
    ],
    'that pipe in the long form': [
      service("volumes: [{type: npipe, source: '//./pipe/docker_engine', target: a}]"),
      'FAIL',
    ],
    'of somebody without root': [service('volumes: ["/run/user/1000/docker.sock:/a"]'), 'FAIL'],
    'keys of whoever starts it': [service('volumes: ["~/.ssh:/a"]'), 'FAIL'],
    'all that he has': [service('volumes: ["~:/a"]'), 'FAIL'],
    'a folder of his': [service('volumes: ["~/data:/a"]'), 'PASS'],
    'a drive of Windows': [service("volumes: ['C:\\:C:\\host']"), 'FAIL'],
    'a folder of an application on Windows': [service("volumes: ['D:\\data:/a']"), 'PASS'],
    'by a volume that a driver binds': [
      service(
        'volumes: ["data:/a"]',
        'volumes: {data: {driver_opts: {type: none, o: bind, device: /etc}}}',
      ),
      'FAIL',
    ],
    'by a secret': [service('secrets: [s]', 'secrets: {s: {file: /etc/shadow}}'), 'FAIL'],
    'by another service': [
      all('  a: {image: a, volumes: ["/:/host"]}\n  web: {image: a, volumes_from: [a]}'),
      'FAIL',
    ],
    'one that is known and one that is not': [service('volumes: ["${A}:/a", "/etc:/b"]'), 'FAIL'],
    'one that is not known': [service('volumes: ["${A}:/a"]'), 'UNKNOWN'],
    'beside the file, called as of the system': [
      service('volumes: ["./etc:/a", "../run:/b"]'),
      'PASS',
    ],
    'up to the top': [service('volumes: ["../../../../../../../../../../../etc:/a"]'), 'FAIL'],
    'of an application': [service('volumes: ["/srv/data:/a"]'), 'PASS'],
  },
};

const own: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.COMPOSE.1': {
    'nothing is said': [service(''), 'PASS'],
    'a bound': [service('restart: "on-failure:5"'), 'PASS'],
    'no number': [service('restart: on-failure'), 'FAIL'],
    'too many': [service('restart: "on-failure:50"'), 'FAIL'],
    always: [service('restart: always'), 'FAIL'],
    'unless stopped': [service('restart: unless-stopped'), 'FAIL'],
    'never, as YAML reads it': [service('restart: no'), 'PASS'],
    'a policy without attempts': [service('deploy: {restart_policy: {condition: any}}'), 'FAIL'],
    'a policy with attempts': [service('deploy: {restart_policy: {max_attempts: 3}}'), 'PASS'],
  },
  'PL.COMPOSE.2': {
    'nothing is said': [service(''), 'FAIL'],
    'a size': [service('logging: {driver: json-file, options: {max-size: 10m}}'), 'PASS'],
    'no size': [service('logging: {driver: json-file}'), 'FAIL'],
    unlimited: [service('logging: {options: {max-size: "-1"}}'), 'FAIL'],
    'a driver that rotates': [service('logging: {driver: local}'), 'PASS'],
  },
  'PL.COMPOSE.3': {
    'nothing is said': [service(''), 'FAIL'],
    internal: [service('networks: [inside]', inside), 'PASS'],
    'one of two is not': [service('networks: [inside, out]', inside), 'FAIL'],
    'the default one is internal': [service('', 'networks: {default: {internal: true}}'), 'PASS'],
    'another file decides': [
      service('networks: [a]', 'networks: {a: {external: true}}'),
      'UNKNOWN',
    ],
    'it publishes ports': [service('ports: ["80:80"]'), 'NOT_APPLICABLE'],
    'no network': [service('network_mode: none'), 'PASS'],
    'the bridge of all': [service('network_mode: bridge'), 'FAIL'],
  },
  'PL.COMPOSE.4': {
    'nothing is published': [service(''), 'PASS'],
    'to all': [service('ports: ["80:80"]'), 'FAIL'],
    'to the host': [service('ports: ["127.0.0.1:80:80"]'), 'PASS'],
    'to the host, in the new IP': [service('ports: ["[::1]:80:80"]'), 'PASS'],
    'one of two': [service('ports: ["127.0.0.1:80:80", "443:443"]'), 'FAIL'],
    'a port alone': [service('ports: [80]'), 'FAIL'],
    'to all, in the long form': [service('ports: [{target: 80, published: 80}]'), 'FAIL'],
    'to the host, in the long form': [
      service('ports: [{target: 80, published: 80, host_ip: 127.0.0.1}]'),
      'PASS',
    ],
    'a variable for the address': [service('ports: ["${BIND}:80:80"]'), 'UNKNOWN'],
    'a variable for the address, with a default': [
      service('ports: ["${BIND:-127.0.0.1}:80:80"]'),
      'PASS',
    ],
    'a variable for the port': [service('ports: ["127.0.0.1:${PORT}:80"]'), 'PASS'],
    'a variable before the port': [service('ports: ["${PORT}:80"]'), 'UNKNOWN'],
    'a proxy by its image': [service('ports: ["80:80"]', '', 'traefik:v3'), 'PASS'],
    'a proxy by its name': [all('  proxy: {image: mine, ports: ["80:80"]}'), 'PASS'],
    'an image that sounds like one': [service('ports: ["80:80"]', '', 'nginx-evil'), 'FAIL'],
  },
  'PL.COMPOSE.5': {
    'published to all': [store('postgres:16', 'ports: ["5432:5432"]'), 'FAIL'],
    'of another registry': [store('ghcr.io/a/redis@sha256:00', 'ports: ["6379:6379"]'), 'FAIL'],
    'to the host': [store('postgres:16', 'ports: ["127.0.0.1:5432:5432"]'), 'PASS'],
    'no data store': [service('ports: ["80:80"]'), 'NOT_APPLICABLE'],
    'a program that looks at one': [store('mongo-express', 'ports: ["80:80"]'), 'NOT_APPLICABLE'],
    'a variable for the tag': [store('"postgres:${TAG}"', 'ports: ["5432:5432"]'), 'FAIL'],
    'a variable for the image': [store('"${IMAGE}"', 'ports: ["5432:5432"]'), 'UNKNOWN'],
  },
  'PL.COMPOSE.6': {
    'beside what is published': [
      all('  db: {image: postgres}\n  web: {image: app, ports: ["80:80"]}'),
      'FAIL NOT_APPLICABLE',
    ],
    'in another network': [
      all(
        '  db: {image: postgres, networks: [b]}\n  web: {image: app, ports: ["80:80"], networks: [a]}',
      ),
      'NOT_APPLICABLE',
    ],
    'beside what only the host reaches': [
      all('  db: {image: postgres}\n  web: {image: postgres, ports: ["127.0.0.1:80:80"]}'),
      'PASS',
    ],
  },
  'PL.COMPOSE.7': {
    'nothing is kept': [service(''), 'PASS'],
    'in a named volume': [service('volumes: ["data:/a"]'), 'PASS'],
    'in a volume without a name': [service('volumes: ["/a"]'), 'FAIL'],
    'in a folder of the host': [service('volumes: ["./data:/a"]'), 'FAIL'],
    'read-only of the host': [service('volumes: ["./data:/a:ro"]'), 'PASS'],
    'read-only, with a label': [service('volumes: ["./data:/a:z,ro"]'), 'PASS'],
  },
  'PL.COMPOSE.8': {
    'redis without': [store('redis:7'), 'FAIL'],
    'redis with a variable that it does not read': [
      store('redis:7', 'environment: {REDIS_PASSWORD: a}'),
      'FAIL',
    ],
    'redis with': [store('redis:7', 'command: "redis-server --requirepass $${PASS}"'), 'PASS'],
    'redis with nothing': [store('redis:7', `command: "redis-server --requirepass ''"`), 'FAIL'],
    'redis with a file': [store('redis:7', 'command: [redis-server, /etc/redis.conf]'), 'UNKNOWN'],
    'redis of Bitnami, open': [
      store('bitnami/redis', 'environment: [ALLOW_EMPTY_PASSWORD=yes]'),
      'FAIL',
    ],
    'redis of Bitnami': [store('bitnami/redis', 'environment: [REDIS_PASSWORD]'), 'PASS'],
    'memcached without': [store('memcached'), 'FAIL'],
    'memcached with': [store('memcached', 'command: memcached -S'), 'PASS'],
    'mongo without': [store('mongo:7'), 'FAIL'],
    'mongo with a name alone': [
      store('mongo:7', 'environment: {MONGO_INITDB_ROOT_USERNAME: a}'),
      'FAIL',
    ],
    'mongo with': [
      store(
        'mongo:7',
        'environment: {MONGO_INITDB_ROOT_USERNAME: a, MONGO_INITDB_ROOT_PASSWORD: "${P}"}',
      ),
      'PASS',
    ],
    'mongo with variables of a file': [store('mongo:7', 'env_file: .env'), 'UNKNOWN'],
    'rabbitmq without': [store('rabbitmq:4'), 'FAIL'],
    'rabbitmq as guest': [
      store('rabbitmq:4', 'environment: {RABBITMQ_DEFAULT_PASS: guest}'),
      'FAIL',
    ],
    'rabbitmq with': [store('rabbitmq:4', 'environment: {RABBITMQ_DEFAULT_PASS: other}'), 'PASS'],
    'elasticsearch of old': [store('elasticsearch:7.17.0'), 'FAIL'],
    'elasticsearch of now': [store('elasticsearch:8.1.0'), 'PASS'],
    'elasticsearch turned off': [
      store('elasticsearch:8.1.0', 'environment: ["xpack.security.enabled=false"]'),
      'FAIL',
    ],
    'postgres that trusts': [
      store('postgres', 'environment: {POSTGRES_HOST_AUTH_METHOD: trust}'),
      'FAIL',
    ],
    'mysql without': [store('mysql', 'environment: {MYSQL_ALLOW_EMPTY_PASSWORD: "yes"}'), 'FAIL'],
    'no data store': [service(''), 'NOT_APPLICABLE'],
  },
  'PL.COMPOSE.9': {
    'nothing is said': [service(''), 'PASS'],
    'a disk': [service('devices: ["/dev/sda:/dev/sda"]'), 'FAIL'],
    'a disk as a volume': [
      service('volumes: [a:/b]', 'volumes: {a: {driver_opts: {type: ext4, device: /dev/sda1}}}'),
      'FAIL',
    ],
    'all devices as a volume': [
      service('volumes: [a:/b]', 'volumes: {a: {driver_opts: {type: devtmpfs, device: a}}}'),
      'FAIL',
    ],
    'a share as a volume': [
      service('volumes: [a:/b]', 'volumes: {a: {driver_opts: {type: nfs, device: ":/dev/a"}}}'),
      'PASS',
    ],
    'all by a rule': [service('device_cgroup_rules: ["a *:* rwm"]'), 'FAIL'],
  },
  'PL.COMPOSE.10': {
    'nothing is said': [service(''), 'NOT_APPLICABLE'],
    'read-only without': [service('read_only: true'), 'FAIL'],
    'with a size': [service('read_only: true, tmpfs: ["/tmp:size=64M"]'), 'PASS'],
    'a text': [service('read_only: true, tmpfs: "/tmp:mode=1777,size=64M"'), 'PASS'],
    'without a size': [service('tmpfs: [/tmp]'), 'FAIL'],
    'in the long form': [
      service('read_only: true, volumes: [{type: tmpfs, target: /tmp, tmpfs: {size: 64M}}]'),
      'PASS',
    ],
  },
  'PL.COMPOSE.11': {
    'nothing is said': [service('volumes: ["./a:/a"]'), 'PASS'],
    shared: [service('volumes: ["./a:/a:rw,rshared"]'), 'FAIL'],
    'in the long form': [
      service('volumes: [{type: bind, source: ./a, target: /a, bind: {propagation: shared}}]'),
      'FAIL',
    ],
  },
};

describe.each(Object.entries({ ...rights, ...own }))('%s', (id, table) => {
  it.each(Object.entries(table))('%s', async (_, [text, verdict]) => {
    expect(await verdictOn(text, id, {}, 'compose.yaml')).toBe(verdict);
  });
});

const failing = async (files: Readonly<Record<string, string>>) =>
  (await evaluated(files)).located
    .filter(({ verdict }) => verdict.status === 'FAIL')
    .map(({ control, name }) => `${control.id} ${name}`);

describe('several files', () => {
  it('takes what a service extends from another file', async () => {
    const files = {
      'web/compose.yaml':
        'services:\n  web: {extends: {file: ../base.yml, service: base}, image: a}',
      'base.yml': 'services:\n  base: {image: a, privileged: true}',
    };
    expect(await failing(files)).toContain('PL.CONTAINER.1 service/web');
  });
  it('evaluates a file with what is merged over it', async () => {
    const files = {
      'compose.yaml': 'services:\n  web: {image: a, privileged: false}',
      'compose.override.yaml':
        'services:\n  web: {privileged: true}\n  more: {image: b, pid: host}',
    };
    const found = await failing(files);
    expect(found).toContain('PL.CONTAINER.1 service/web');
    expect(found).toContain('PL.CONTAINER.9 service/more');
  });
  it('evaluates what only an override has where it stands, and once', async () => {
    const { located } = await evaluated({
      'compose.yaml': 'services:\n  web: {image: a}',
      'compose.override.yaml':
        'services:\n  more:\n    image: b\n    ports: ["80:80"]\n    cap_add: [SYS_ADMIN]',
    });
    const [found] = located.filter(({ control }) => control.id === 'PL.COMPOSE.4').slice(-1);
    expect([found?.file, found?.range.line, found?.verdict]).toEqual([
      'compose.override.yaml',
      4,
      expect.objectContaining({ evidence: [expect.objectContaining({ actual: '80:80' })] }),
    ]);
  });
  it('takes a network as what is merged over it says', async () => {
    const files = {
      'compose.yaml':
        'services:\n  web: {image: a, networks: [n]}\nnetworks: {n: {internal: true}}',
      'compose.override.yaml': 'networks: {n: {internal: false}}\nservices: {web: {tty: true}}',
    };
    expect(await failing(files)).toContain('PL.COMPOSE.3 service/web');
  });
  it('reads what another file names as it reads any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-compose-'));
    try {
      const text = 'services:\n  base: {image: a, privileged: true}\n';
      writeFileSync(join(folder, 'marked.yaml'), `\uFEFF${text}`);
      writeFileSync(join(folder, 'wide.yaml'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
      mkdirSync(join(folder, 'folder.yaml'));
      const of = (name: string) => ({
        [join(folder, 'compose.yaml')]:
          `services:\n  web: {image: a, extends: {file: ${name}, service: base}}`,
      });
      expect(await failing(of('marked.yaml'))).toContain('PL.CONTAINER.1 service/web');
      expect(await failing(of('wide.yaml'))).toContain('PL.CONTAINER.1 service/web');
      const { warnings } = await evaluated(of('folder.yaml'));
      expect(warnings[0]?.message).toMatch(/folder\.yaml, which is not read: it is a folder$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it('knows the networks of what includes it', async () => {
    const files = {
      'compose.yaml': 'include: [db/compose.yaml]\nservices:\n  web: {image: a, ports: ["80:80"]}',
      'db/compose.yaml': 'services:\n  db: {image: postgres}',
    };
    expect(await failing(files)).toContain('PL.COMPOSE.6 service/db');
  });
  it('says once what it does not read for one reason, and nothing of what the run reads later', async () => {
    const service = 'services: {a: {image: "a:1"}}\n';
    const { warnings, unanswered } = await evaluated({
      'compose.yaml': `include: [gone/a.yaml, gone/b.yaml, later/compose.yaml]\n${service}`,
      'later/compose.yaml': service.replace('a:', 'b:'),
    });
    expect([warnings.map(({ message }) => message), unanswered]).toEqual([
      [
        'compose.yaml:1: it names gone/a.yaml and 1 other, which are not read: there is no such file',
      ],
      1,
    ]);
  });
  it('says what it does not read, and does not pass it', async () => {
    const { located, warnings, unanswered } = await evaluated({
      'compose.yaml': 'services:\n  web: {image: a, extends: {file: /dev/zero, service: a}}',
    });
    expect(located).toEqual([]);
    expect(unanswered).toBe(2);
    expect(warnings[0]?.message).toContain(
      '/dev/zero, which is not read: it is neither YAML nor JSON',
    );
  });
  it('tells of services as the first version had them', async () => {
    const text = 'web:\n  image: a\n  privileged: true\n';
    const { located, warnings, unanswered } = await evaluated({ 'docker-compose.yml': text });
    expect([located, unanswered, warnings[0]?.message]).toEqual([
      [],
      1,
      'docker-compose.yml:1: web is not evaluated: it is a service of the first version of compose; write it below services',
    ]);
  });
  it('says that a circle is one', async () => {
    const { warnings } = await evaluated({
      'compose.yaml': 'services:\n  a: {image: a, extends: b}\n  b: {image: b, extends: a}',
    });
    expect(warnings.map(({ message }) => message)).toContain(
      'compose.yaml:2: the service a is not evaluated: what it extends leads in a circle',
    );
  });
});

describe('bad input', () => {
  it.each([
    ['a list', '- a', 'a file of compose is a mapping with services'],
    ['services as a list', 'services: [a]', 'services is no mapping of names to services'],
    ['bytes', 'services:\0', 'this is no text'],
    [
      'an anchor in itself',
      'services: &a {web: *a}',
      'an alias (*name) stands inside of its own anchor',
    ],
    [
      'anchors that multiply',
      `x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${Array.from({ length: 12 }, (_, n) => `x${n + 1}: &x${n + 1} [${`*x${n}, `.repeat(10)}]`).join('\n')}\nservices: {web: {image: *x12}}`,
      'its aliases (*name) expand to more than five million values',
    ],
  ])('says in one sentence what is wrong with %s', async (_, text, message) => {
    await expect(evaluated({ 'compose.yaml': text })).rejects.toThrow(message);
  });
  it('takes wrong types for what they say, and goes on', async () => {
    const text =
      'services:\n  web: {image: [a], ports: 80, volumes: {a: b}, user: [], cap_drop: ALL, networks: 7, healthcheck: 1, deploy: []}\n  other:\n  third: 7';
    const { located } = await evaluated({ 'compose.yaml': text });
    expect(located.length).toBeGreaterThan(10);
  });
});
