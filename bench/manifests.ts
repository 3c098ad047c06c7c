import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packaged } from './packaged.ts';
import { usageOf } from './usage.ts';

type Files = Readonly<Record<string, string>>;
export interface ManifestFigures {
  readonly title: string;
  readonly bytes: number;
  readonly cpuSeconds: number;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const filesOf = (count: number, nameOf: (n: number) => string, textOf: (n: number) => string) =>
  Object.fromEntries(numbers(count).map((n) => [nameOf(n), textOf(n)]));

/** About 2 kB: a Deployment with two containers, and its Service. */
const deployment = (n: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop-${n}
  namespace: team-${n % 20}
  labels: { app.kubernetes.io/name: shop-${n}, app.kubernetes.io/part-of: shop }
spec:
  replicas: 3
  selector:
    matchLabels: { app.kubernetes.io/name: shop-${n} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: shop-${n} }
    spec:
      serviceAccountName: shop-${n}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile: { type: RuntimeDefault }
      initContainers:
        - name: migrate
          image: registry.example.com/shop/migrate:2.${n}
          command: [/bin/migrate, --to, latest]
          resources: { limits: { cpu: 200m, memory: 128Mi } }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
      containers:
        - name: web
          image: registry.example.com/shop/web:1.${n}
          ports:
            - { name: http, containerPort: 8080 }
          env:
            - { name: LOG_LEVEL, value: info }
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: shop-${n}, key: password } }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { cpu: 500m, memory: 256Mi }
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 5
          securityContext:
            allowPrivilegeEscalation: ${n % 3 === 0}
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
            - { name: settings, mountPath: /etc/shop, readOnly: true }
      volumes:
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
        - name: settings
          configMap: { name: shop-${n} }
---
apiVersion: v1
kind: Service
metadata: { name: shop-${n}, namespace: team-${n % 20} }
spec:
  type: ${n % 10 === 0 ? 'LoadBalancer' : 'ClusterIP'}
  selector: { app.kubernetes.io/name: shop-${n} }
  ports:
    - { name: http, port: 80, targetPort: http }
`;

const service = (name: string): string => `  ${name}:
    image: registry.example.com/shop/${name}:1.4.2
    user: "1000:1000"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    tmpfs: ["/tmp:size=64M"]
    pids_limit: 64
    environment:
      LOG_LEVEL: \${LOG_LEVEL:-info}
      DB_HOST: db
    deploy: { resources: { limits: { cpus: '1.0', memory: 512M } } }
    logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }
    restart: on-failure:5
    volumes: ["data:/var/lib/app", "./settings:/etc/app:ro"]
    networks: [internal]
`;
const rest = `networks:
  internal: { internal: true }
volumes:
  data: {}
`;
/** About 2 kB: three services of one shape. */
const compose = (n: number): string =>
  `services:\n${['web', 'worker', 'store'].map((name) => service(`${name}${n}`)).join('')}${rest}`;

/** About 2 kB. */
const dockerfile = (n: number): string => `ARG NODE=22.${n}
FROM node:\${NODE}-bookworm-slim AS build
WORKDIR /src
${numbers(12)
  .map(
    (step) =>
      `COPY --chown=node:node package-${step}.json ./part-${step}/\nRUN npm ci --prefix part-${step} && npm run --prefix part-${step} build`,
  )
  .join('\n')}
FROM gcr.io/distroless/nodejs22-debian12:nonroot
ENV NODE_ENV=production PORT=8080
${numbers(12)
  .map((step) => `COPY --from=build /src/part-${step}/dist /app/part-${step}`)
  .join('\n')}
USER 65532
EXPOSE 8080
HEALTHCHECK CMD ["/nodejs/bin/node", "/app/part-0/health.js"]
CMD ["/app/part-0/main.js"]
`;

const included = (count: number): Files => ({
  'compose.yaml': `include: [${numbers(count)
    .map((n) => `part-${n}/compose.yaml`)
    .join(', ')}]\n${compose(count)}`,
  ...filesOf(count, (n) => `part-${n}/compose.yaml`, compose),
});

const corpora: Readonly<Record<string, Files>> = {
  '1,000 manifests of Kubernetes': filesOf(1000, (n) => `${n}.yaml`, deployment),
  '1,000 files of compose': filesOf(1000, (n) => `${n}/compose.yaml`, compose),
  'a project of 1,000 files of compose': included(1000),
  'one file of compose, 3,000 services in one network': {
    'compose.yaml': `services:\n${numbers(3000)
      .map((n) => service(`web${n}`))
      .join('')}${rest}`,
  },
  '1,000 Dockerfiles': filesOf(1000, (n) => `${n}/Dockerfile`, dockerfile),
};

/** Findings are no failure: they end it with 1. */
const run = (program: string, folder: string): Promise<void> =>
  new Promise((done, failed) => {
    const args = [program, 'check', '--json', folder];
    execFile(process.execPath, args, { maxBuffer: 2 ** 30 }, (error) =>
      error && error.code !== 1 ? failed(error) : done(),
    );
  });

/** `plumbline check` on folders of manifests, the whole process. */
export const benchManifests = async (
  say: (sentence: string) => void,
): Promise<readonly ManifestFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-manifests-'));
  try {
    const program = await packaged(join(folder, 'program'));
    const figures: ManifestFigures[] = [];
    for (const [index, [title, files]] of Object.entries(corpora).entries()) {
      say(`${title} …`);
      const place = join(folder, `corpus-${index}`);
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(place, name)), { recursive: true });
        await writeFile(join(place, name), text);
      }
      const [, { cpuSeconds = 0 }] = await usageOf(() => run(program, place));
      const bytes = Object.values(files).reduce((sum, text) => sum + text.length, 0);
      figures.push({ title, bytes, cpuSeconds });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
