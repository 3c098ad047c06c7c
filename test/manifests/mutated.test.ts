import fc from 'fast-check';
import { UserError } from '../../lib/support/user-error.ts';
import { extent } from '../extent.ts';
import { evaluated, fixed } from './checking.ts';

const compose = `x-base: &base
  cap_drop: [ALL]
  restart: on-failure:5
include: [other.yaml]
services:
  web:
    <<: *base
    image: nginx:\${TAG:-1.27}
    ports: ["127.0.0.1:8080:80", {target: 80, published: "\${PORT}", host_ip: "::1"}]
    volumes: ["data:/a", "/var/run/docker.sock:/b:ro", {type: tmpfs, target: /c, tmpfs: {size: 1}}]
    environment: [A=b, "C=\${D:?no}"]
    networks: {inside: null}
    deploy: {resources: {limits: {cpus: '1.0', memory: 1G}}, restart_policy: {max_attempts: 3}}
  db:
    extends: {service: web, file: compose.yaml}
    image: redis@sha256:00
    command: [redis-server, --requirepass, "$$P"]
    volumes_from: [web]
    security_opt: ["no-new-privileges:true", seccomp:unconfined]
    tmpfs: "/tmp:size=64M"
  far:
    image: far
    networks: [host]
    volumes: ["~/.ssh:/d", 'C:\\:/e', '\\\\.\\pipe\\docker_engine:/f']
networks: {inside: {internal: true}, host: {external: true}}
volumes: {data: {driver_opts: {type: none, o: bind, device: /srv}}}
`;
const dockerfile = `# escape=\\
ARG V=1
FROM --platform=$BUILDPLATFORM debian:\${V} AS build
ARG TOKEN
ENV A=b C="\${A:-d}" E=f
RUN --mount=type=cache,target=/a apt-get install -y curl=1 \\
  # in between
  && curl https://a.example/x | sh
COPY --from=build --chmod=777 a b
RUN <<EOF
pip install c
EOF
ONBUILD ADD a.tar.gz /
FROM build
USER \${U:-app}:1
EXPOSE 22/tcp 20-25
HEALTHCHECK --interval=5s CMD ["true"]
`;

const pieces = fc.constantFrom(
  ...[
    '',
    '\r\n',
    '\0',
    '\t',
    '${',
    '}',
    '${A',
    '$$',
    '<<EOF',
    '<<: *base',
    '&a [*a]',
    '*base',
    '!reset',
    '!override',
    '- ',
    ': ',
    '{',
    ']',
    '"',
    "'",
    '\\\n',
    '#',
    'null',
    '~',
    '[]',
    '{}',
    '0',
    '-1',
    '1e999',
    'FROM',
    'ARG',
    'AS',
    'ONBUILD',
    'USER',
    'services:',
    '__proto__: {a: b}',
    'constructor',
    '\uFEFF',
    '\u{1F600}',
    '../',
    '/',
    ':',
    'extends: db',
    'x'.repeat(3000),
  ],
);
/** A text of which parts are left out, doubled, or replaced. */
const broken = (text: string) =>
  fc
    .array(
      fc.tuple(fc.nat(text.length), fc.nat(30), fc.oneof(pieces, fc.string({ maxLength: 8 }))),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((edits) =>
      edits.reduce(
        (said, [at, length, put]) => said.slice(0, at) + put + said.slice(at + length),
        text,
      ),
    );

const pod = `apiVersion: v1
kind: Pod
metadata: {name: a, annotations: &shared {a: b}}
x: &rights {privileged: true, capabilities: {add: [SYS_ADMIN]}}
spec:
  hostNetwork: true
  containers:
    - name: web # it serves
      image: web:1
      securityContext: *rights
      ports: [{hostPort: 80}]
    - {name: b, image: b, securityContext: {<<: *rights, runAsUser: 7}}
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: s}
    spec: {externalIPs: [1.1.1.1]}
---
apiVersion: a.example/v1
kind: Ring
metadata: {name: r}
spec:
  head: {template: {metadata: {labels: {a: b}}, spec: {hostPID: true, containers: [{name: h, image: h}]}}}
  tails: [{podSpec: {initContainers: [{name: t, image: "t:1", securityContext: {runAsUser: 0}}]}}]
`;

const count = extent === 'exhaustive' ? 20_000 : 60;
const longestMs = 5000;

const texts = [
  ['compose.yaml', compose],
  ['Dockerfile', dockerfile],
  ['kustomization.yaml', pod],
] as const;

it.each(texts)(
  'a broken %s is evaluated, or refused in one sentence',
  async (name, text) => {
    let slowest = 0;
    await fc.assert(
      fc.asyncProperty(broken(text), async (said) => {
        const from = performance.now();
        try {
          const { located } = await evaluated({ [name]: said });
          expect(Array.isArray(located)).toBe(true);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.message).toMatch(/^[^\n]+$/);
        }
        slowest = Math.max(slowest, performance.now() - from);
      }),
      { numRuns: count, seed: 15 },
    );
    expect(slowest).toBeLessThan(longestMs);
  },
  3_600_000,
);

it.each(texts)(
  'a broken %s is put right without anything else becoming wrong, or stays',
  async (name, text) => {
    const failuresIn = async (said: string) =>
      (await evaluated({ [name]: said })).located.filter(({ verdict }) => verdict.status === 'FAIL')
        .length;
    await fc.assert(
      fc.asyncProperty(broken(text), async (said) => {
        try {
          const before = await failuresIn(said);
          const made = await fixed({ [name]: said }, { isProposed: true });
          const after = await failuresIn(made.texts[name] ?? '');
          expect(before - after).toBe(made.fixed.length);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { numRuns: Math.ceil(count / 10), seed: 15 },
    );
  },
  3_600_000,
);
