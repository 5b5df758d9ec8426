import { parse } from 'yaml';
import { proxyConfig } from '../../../components/digitalocean/droplet-pool/proxy-config';
import { userData, type UserDataOptions } from '../../../components/digitalocean/droplet-pool/user-data';
import { runnerUserData } from '../../../components/digitalocean/index-runner/user-data';
import { messageOf } from '../recorded';

const rateLimit = { requests: 100, windowSeconds: 60, burst: 20, status: 429 };
const options = {
  image: 'ghcr.io/pulse/api:1.4.2',
  proxy: { port: 8081, balancerCidr: '10.0.0.0/16', healthPath: '/health', rateLimit, idleTimeoutSeconds: 60 },
  environment: { GO_ENV: 'production' },
  secrets: { MONGO_URL: 'https://vault.example/0123/mongo' },
  drainSeconds: 30,
} satisfies UserDataOptions;

function files(text: string): Record<string, { content: string; permissions: string }> {
  const found: { path: string; content: string; permissions: string }[] = parse(text, { version: '1.1' }).write_files;
  return Object.fromEntries(found.map((file) => [file.path, file]));
}

test('the same options give the same document', () => expect(userData(options)).toBe(userData({ ...options })));

test('the files of the service: what runs, its variables for root alone, where secrets are', () => {
  const found = files(userData(options));
  expect(found['/etc/stackladder/service.env']?.content).toBe('IMAGE=ghcr.io/pulse/api:1.4.2\n');
  expect(found['/etc/stackladder/environment']).toMatchObject({ content: 'GO_ENV=production\n', permissions: '0600' });
  expect(found['/usr/local/lib/stackladder/fetch-secrets']?.content).toContain(
    "fetch 'MONGO_URL' 'https://vault.example/0123/mongo'\n",
  );
  expect(found['/usr/local/lib/stackladder/close-metadata']?.content).toContain('169.254.169.254/32 --jump DROP');
});

test('the container is reached from its own droplet alone, and nginx has its port', () => {
  const found = files(userData(options));
  expect(found['/usr/local/lib/stackladder/run-container']?.content).toContain('--publish 127.0.0.1:9000:8081');
  expect(found['/etc/nginx/conf.d/stackladder.conf']?.content).toMatch(/server 127\.0\.0\.1:9000;[^]*listen 8081;/);
  const clash = files(userData({ ...options, proxy: { ...options.proxy, port: 9000 } }));
  expect(clash['/usr/local/lib/stackladder/run-container']?.content).toContain('127.0.0.1:9001:9000');
});

test('credentials of a private registry are fetched, too', () => {
  const script = files(userData({ ...options, registrySecret: 'https://vault.example/0123/registry' }));
  expect(script['/usr/local/lib/stackladder/fetch-secrets']?.content).toMatch(
    /registry' >"\$RUNTIME_DIRECTORY\/docker\/c/,
  );
});

test('a document that DigitalOcean would not take is an error with its size', () => {
  const environment = { LONG: 'x'.repeat(65_536) };
  expect(messageOf(() => userData({ ...options, environment }))).toMatch(/would have \d+ bytes and DigitalOcean takes/);
});

test('the runner has the script and where the URL is; the URL itself reaches mongosh by the environment', () => {
  const text = runnerUserData({ script: 'print(1)', secretUrl: 'https://vault.example/u', image: 'mongo:8.0.17' });
  const found = files(text);
  expect(found['/usr/local/lib/stackladder/indexes.js']?.content).toBe('print(1)');
  expect(found['/usr/local/lib/stackladder/create-indexes']?.content).toMatch(
    /'https:\/\/vault\.example\/u'\)"\nexport MONGO_URL\n[^]*--env MONGO_URL [^]*'mongo:8\.0\.17'[^]*systemctl poweroff/,
  );
});

describe('what runs beside the container', () => {
  const pooler = {
    image: 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1',
    port: 6432,
    poolSize: 7,
    minPoolSize: 0,
    maxDatabaseConnections: 100,
    maxClientConnections: 1_000,
    timeoutSeconds: 30,
    pods: 2,
  };
  const database = {
    variable: 'DATABASE_URL',
    name: 'app',
    host: 'db',
    port: 25_060,
    database: 'app',
    user: 'doadmin',
  };
  const bridge = { listenAddress: '172.17.0.1', address: '172.17.0.1' };

  test('a pooler is up before the service, on the bridge that containers reach', () => {
    const text = userData({ ...options, pooler: { ...bridge, pooler, databases: [database] } });
    const found = files(text);
    expect(found['/etc/stackladder/pgbouncer.ini']?.content).toMatch(
      /app = host=db port=25060 dbname=app[^]*listen_addr = 172\.17\.0\.1\n[^]*default_pool_size = 7\n/,
    );
    expect(found['/etc/systemd/system/stackladder.service']?.content).toMatch(
      /After=.*stackladder-pooler\.service[^]*ExecStartPre=\S+fetch-secrets\nExecStartPre=\S+pooled-urls\n/,
    );
    const units = (parse(text, { version: '1.1' }) as { runcmd: string[][] }).runcmd.map((command) => command.at(-1));
    expect(units.indexOf('stackladder-pooler.service')).toBeLessThan(units.indexOf('stackladder.service'));
  });

  test('a worker has no nginx and no port, and runs what it is told', () => {
    const text = userData({ ...options, proxy: undefined, command: ['celery', '-A', 'app.worker'] });
    const found = files(text);
    const run = found['/usr/local/lib/stackladder/run-container']?.content;
    expect(run).toMatch(/"\$\{IMAGE:\?\}" 'celery' '-A' 'app\.worker'\n$/);
    expect(run).not.toContain('--publish');
    expect(text).not.toContain('nginx');
  });
});

describe('nginx in front of the container', () => {
  const proxy = { ...options.proxy, containerPort: 9000 };

  test('keeps the guide’s limit by the client that the balancer names', () => {
    const config = proxyConfig(proxy);
    expect(config).toContain('limit_req_zone $binary_remote_addr zone=clients:10m rate=100r/m;');
    expect(config).toContain('limit_req zone=clients burst=20 nodelay;');
    expect(config).toContain('limit_req_status 429;');
    expect(config).toContain('set_real_ip_from 10.0.0.0/16;');
    expect(config).not.toContain('real_ip_recursive');
  });

  test('behind Cloudflare as well, by its header, which is believed of Cloudflare alone', () => {
    const clientHeader = { name: 'CF-Connecting-IP', from: ['203.0.113.0/24'] };
    const config = proxyConfig({ ...proxy, rateLimit: { ...rateLimit, clientHeader } });
    expect(config).toContain(
      'geo $by_proxy {\n  default 0;\n  203.0.113.0/24 1;\n}\nmap "$by_proxy$http_cf_connecting_ip"',
    );
    expect(config).toContain('limit_req_zone $client_address zone=clients:10m rate=100r/m;');
    expect(config).toContain('proxy_set_header X-Real-IP $client_address;');
    expect(config).not.toContain('X-Real-IP $remote_addr');
  });

  test('has no limit where none is planned, and none on the health check', () => {
    expect(proxyConfig({ ...proxy, rateLimit: undefined })).not.toContain('limit_req');
    const health = /location = \/health \{([^}]*)\}/.exec(proxyConfig(proxy))?.[1];
    expect(health).toContain('access_log off;');
    expect(health).not.toContain('limit_req');
  });

  test('sends clients on by path, host and query, the first rule that matches', () => {
    const routes = [
      { name: 'api', paths: ['/static/api/*'] },
      { name: 'static', paths: ['/static/*'], hosts: ['a.example.com'], redirectTo: 'cdn.example.com' },
      { name: 'get', query: [{ key: 'download', value: '1.0' }], redirectTo: 'files.example.com' },
    ];
    const config = proxyConfig({ ...proxy, routes });
    expect(config).toContain('"~^/static/api/.*$" 1;');
    expect(config).toContain('"~(^|&)download=1\\\\.0(&|$)" 1;');
    expect(config).toMatch(/map "\$rule_1_0\$rule_1_1" \$rule_1 \{\n\s+default 0;\n\s+"11" 1;/);
    expect(config).toMatch(/"~\^1" "";\n\s+"~\^01" "cdn\.example\.com";\n\s+"~\^001" "files\.example\.com";/);
    expect(config).toContain('return 302 https://$redirect_to$request_uri;');
    expect(proxyConfig(proxy)).not.toContain('redirect_to');
  });
});
