import { resolve } from 'node:path';
import { ensureOperatorToken } from './operator-token.ts';
import { type OperatorToken, readOperatorTokens } from './operator-tokens.ts';
import { ConfigError } from './config-error.ts';
import {
  type QuotaSettings,
  readQuotas,
  readRates,
  readSessions,
  type RequestRates,
  type SessionSettings,
} from './limit-settings.ts';
import type { MailSettings } from './mail-settings.ts';
import { type ProcessSettings, readProcess } from './process-settings.ts';
import { publicPathOf } from './public-url.ts';
import { type Environment, SettingReader } from './setting-reader.ts';
import { readTracing, type TracingSettings } from './tracing-settings.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const operatorTokenLengthMinChars = 20;
const metricsTokenLengthMinChars = 20;
const secretsKeyLengthMinChars = 20;
const poolSizeMax = 200;
const trustedProxiesMax = 10;
const headerTimeoutDefaultSeconds = 10;
const bodyTimeoutDefaultSeconds = 60;
/** More than nginx and most load balancers keep theirs (60 s): who closes first must be the proxy. */
const idleConnectionDefaultSeconds = 75;
const timeoutMaxSeconds = 3600;
const connectionsDefault = 2_000;
const connectionsMost = 100_000;
const eventsKeptDefaultDays = 90;
const eventsKeptMostDays = 3_650;

/**
 * Every setting of the service, read once at start. Frozen; the one place that knows the environment.
 *
 * @property publicUrl how identity providers and browsers reach the service; no slash at the end
 * @property publicPath the path of that address, below which everything is: `/provisioning`; empty: none
 * @property databaseUrl an outside PostgreSQL, or null for the embedded one in `dataDir`
 * @property dataDir absolute path
 * @property operatorTokens the tokens that open `/operator`; the first is `operatorToken`
 * @property operatorTokenFile where a token that the service made itself is kept, or null when it was given
 * @property productLanguages languages that the product speaks, canonical tags, the preferred first; none: every language
 * @property poolSize connections to PostgreSQL that this process holds at most
 * @property preparedStatements whether connections to PostgreSQL keep prepared statements
 * @property headerTimeoutSeconds how long a client may take to send the head of a request
 * @property bodyTimeoutSeconds how long it may take to send the whole of a request
 * @property idleConnectionSeconds how long a connection stays open on which nothing is asked
 * @property connectionsMax connections of clients that this process holds at most
 * @property eventsKeptDays how long the events that the host product follows are kept
 * @property secretsKeys what secrets are encrypted with that must be read again: the first encrypts, any of them may have
 * @property webhookAllowPrivate whether the operator's webhooks may lead to http and to addresses that are not public
 * @property channelAllowPrivate whether the channels that admins of customers name may
 * @property mail the server that takes mail, and who mail comes from; null: no mail is sent
 * @property rates how many requests are taken
 * @property sessions how long admins stay signed in
 * @property quotas how much one workspace may have
 * @property process how this process begins and ends
 * @property metricsToken reads `/metrics`, besides the operator token; null: that alone does
 * @property metricsPort where `/metrics` needs no token; null: nowhere
 * @property tracing what OpenTelemetry's variables ask for
 * @property trustedProxies how many reverse proxies stand in front and may say who the client is
 */
export class Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly publicPath: string;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly operatorToken: string;
  readonly operatorTokens: readonly OperatorToken[];
  readonly operatorTokenFile: string | null;
  readonly productName: string;
  readonly productLanguages: readonly string[];
  readonly logLevel: LogLevel;
  readonly poolSize: number;
  readonly preparedStatements: boolean;
  readonly trustedProxies: number;
  readonly headerTimeoutSeconds: number;
  readonly bodyTimeoutSeconds: number;
  readonly idleConnectionSeconds: number;
  readonly connectionsMax: number;
  readonly eventsKeptDays: number;
  readonly secretsKeys: readonly string[];
  readonly webhookAllowPrivate: boolean;
  readonly channelAllowPrivate: boolean;
  readonly mail: MailSettings | null;
  readonly rates: RequestRates;
  readonly quotas: QuotaSettings;
  readonly sessions: SessionSettings;
  readonly process: ProcessSettings;
  readonly metricsToken: string | null;
  readonly metricsPort: number | null;
  readonly tracing: TracingSettings;

  private constructor(settings: Omit<Config, 'publicPath'>) {
    this.port = settings.port;
    this.host = settings.host;
    this.publicUrl = settings.publicUrl;
    this.publicPath = publicPathOf(settings.publicUrl);
    this.databaseUrl = settings.databaseUrl;
    this.dataDir = settings.dataDir;
    this.operatorToken = settings.operatorToken;
    this.operatorTokens = Object.freeze([...settings.operatorTokens]);
    this.operatorTokenFile = settings.operatorTokenFile;
    this.productName = settings.productName;
    this.productLanguages = Object.freeze([...settings.productLanguages]);
    this.logLevel = settings.logLevel;
    this.poolSize = settings.poolSize;
    this.preparedStatements = settings.preparedStatements;
    this.trustedProxies = settings.trustedProxies;
    this.headerTimeoutSeconds = settings.headerTimeoutSeconds;
    this.bodyTimeoutSeconds = settings.bodyTimeoutSeconds;
    this.idleConnectionSeconds = settings.idleConnectionSeconds;
    this.connectionsMax = settings.connectionsMax;
    this.eventsKeptDays = settings.eventsKeptDays;
    this.secretsKeys = Object.freeze([...settings.secretsKeys]);
    this.webhookAllowPrivate = settings.webhookAllowPrivate;
    this.channelAllowPrivate = settings.channelAllowPrivate;
    this.metricsToken = settings.metricsToken;
    this.metricsPort = settings.metricsPort;
    this.mail = settings.mail === null ? null : Object.freeze({ ...settings.mail });
    this.rates = settings.rates;
    this.quotas = settings.quotas;
    this.sessions = settings.sessions;
    this.process = settings.process;
    this.tracing = settings.tracing;
    Object.freeze(this);
  }

  /**
   * Reads and checks the environment. In embedded mode without an `OPERATOR_TOKEN` one is made and kept in `dataDir`.
   *
   * @throws ConfigError naming every setting that is wrong or missing, never its value
   */
  static fromEnvironment(environment: Environment): Config {
    const read = new SettingReader(environment);
    const port = read.integer('PORT', { from: 0, to: 65_535, otherwise: 3000 });
    const host = read.text('HOST', 'a host name or address', /^[\w.:-]{1,255}$/, '127.0.0.1');
    const databaseUrl = read.databaseUrl('DATABASE_URL');
    const settings = {
      port,
      host,
      publicUrl: read.publicUrl('PUBLIC_URL', defaultPublicUrl(host, port)),
      databaseUrl,
      dataDir: resolve(read.text('DATA_DIR', 'a path', /^[^\0]+$/, '.data')),
      productName: read.text(
        'PRODUCT_NAME',
        'a name of 1 to 100 characters',
        /^[^\p{Cc}]{1,100}$/u,
        'Mooncamp',
      ),
      productLanguages: read.languages('PRODUCT_LANGUAGES'),
      logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
      poolSize: read.integer('POOL_SIZE', { from: 3, to: poolSizeMax, otherwise: 10 }),
      preparedStatements: read.oneOf('PREPARED_STATEMENTS', ['on', 'off'] as const, 'on') === 'on',
      trustedProxies: read.integer('TRUST_PROXY', { from: 0, to: trustedProxiesMax, otherwise: 0 }),
      ...readBounds(read),
      webhookAllowPrivate: read.oneOf('WEBHOOK_ALLOW_PRIVATE', ['on', 'off'] as const, 'off') === 'on',
      channelAllowPrivate: read.oneOf('CHANNEL_ALLOW_PRIVATE', ['on', 'off'] as const, 'off') === 'on',
      rates: readRates(read),
      quotas: readQuotas(read),
      sessions: readSessions(read),
      process: readProcess(read),
      tracing: readTracing(environment),
    };
    const given = read.secret('OPERATOR_TOKEN', operatorTokenLengthMinChars);
    const tokenFile = read.path('OPERATOR_TOKEN_FILE');
    if (given === null && tokenFile === null && databaseUrl !== null)
      read.missing('OPERATOR_TOKEN', 'is required when DATABASE_URL is set');
    const mail = readMail(read);
    const metricsToken = read.secret('METRICS_TOKEN', metricsTokenLengthMinChars);
    const metricsPort = read.integer('METRICS_PORT', { from: 0, to: 65_535, otherwise: 0 });
    const ownKey = read.secret('SECRETS_KEY', secretsKeyLengthMinChars);
    read.throwFaults();
    const operator = operatorOf(given, tokenFile, settings.dataDir);
    const tokens = operator.operatorTokens.map(({ token }) => token);
    const secretsKeys = [...(ownKey === null ? [] : [ownKey]), ...tokens];
    return new Config({
      ...settings,
      ...operator,
      secretsKeys,
      mail,
      metricsToken,
      metricsPort: metricsPort === 0 ? null : metricsPort,
    });
  }
}

/** How long clients may take, how many there may be, and how long events are kept. */
function readBounds(
  read: SettingReader,
): Pick<
  Config,
  | 'headerTimeoutSeconds'
  | 'bodyTimeoutSeconds'
  | 'idleConnectionSeconds'
  | 'connectionsMax'
  | 'eventsKeptDays'
> {
  return {
    headerTimeoutSeconds: read.integer('HEADER_TIMEOUT_SECONDS', {
      from: 1,
      to: timeoutMaxSeconds,
      otherwise: headerTimeoutDefaultSeconds,
    }),
    bodyTimeoutSeconds: read.integer('BODY_TIMEOUT_SECONDS', {
      from: 1,
      to: timeoutMaxSeconds,
      otherwise: bodyTimeoutDefaultSeconds,
    }),
    idleConnectionSeconds: read.integer('IDLE_CONNECTION_SECONDS', {
      from: 1,
      to: timeoutMaxSeconds,
      otherwise: idleConnectionDefaultSeconds,
    }),
    connectionsMax: read.integer('MAX_CONNECTIONS', {
      from: 10,
      to: connectionsMost,
      otherwise: connectionsDefault,
    }),
    eventsKeptDays: read.integer('EVENTS_KEPT_DAYS', {
      from: 1,
      to: eventsKeptMostDays,
      otherwise: eventsKeptDefaultDays,
    }),
  };
}

/** Who may call `/operator`: by the setting, by its file, or in embedded mode by a token that the service makes. */
function operatorOf(
  given: string | null,
  tokenFile: string | null,
  dataDir: string,
): Pick<Config, 'operatorToken' | 'operatorTokens' | 'operatorTokenFile'> {
  const named = tokenFile === null ? [] : readOperatorTokens(tokenFile, operatorTokenLengthMinChars);
  if (named.some(({ token }) => token === given))
    throw new ConfigError(['OPERATOR_TOKEN_FILE must not hold the token of OPERATOR_TOKEN']);
  const [first, ...others] = given === null ? named : [{ name: null, token: given }, ...named];
  if (first !== undefined)
    return { operatorToken: first.token, operatorTokens: [first, ...others], operatorTokenFile: null };
  const made = ensureOperatorToken(dataDir);
  return { ...made, operatorTokens: [{ name: null, token: made.operatorToken }] };
}

function readMail(read: SettingReader): MailSettings | null {
  const server = read.smtpUrl('SMTP_URL');
  const from = read.mailAddress('MAIL_FROM');
  if (server !== null) read.missing('MAIL_FROM', 'is required when SMTP_URL is set');
  return server === null || from === null ? null : { server, from };
}

function defaultPublicUrl(host: string, port: number): string {
  const everyone = ['localhost', '127.0.0.1', '::1', '0.0.0.0', '::'];
  const name = everyone.includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
