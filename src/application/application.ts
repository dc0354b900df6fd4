import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { admission } from '../http/pipeline/admission.ts';
import { compressAnswers } from '../http/pipeline/compress-answers.ts';
import { AnswerAdapter } from './answer-adapter.ts';
import { AppModule, type AppModuleOptions } from './app.module.ts';
import { BodyBudget } from '../http/bodies/body-budget.ts';
import { bodyParser } from '../http/bodies/body-parser.ts';
import { bodyPolicyOf } from '../http/pipeline/body-policy.ts';
import { ConnectionDrain } from '../http/pipeline/connection-drain.ts';
import { fairTurns } from '../http/limits/fair-turns.ts';
import { RequestLimits } from '../http/limits/request-limits.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { ErrorFilter } from '../http/answers/error.filter.ts';
import { MetricsGuard } from './metrics.guard.ts';
import { Metrics } from '../metrics/metrics.ts';
import { ProvisioningLogMiddleware } from '../provisioning-log/provisioning-log.middleware.ts';
import { asOneLayer } from '../http/pipeline/one-layer.ts';
import { serveOpenApi } from './openapi/openapi.ts';
import { noteRequest } from '../http/pipeline/recent-requests.ts';
import { readRequestUrl } from '../http/pipeline/read-request-url.ts';
import { requestLane } from '../http/pipeline/request-lane.ts';
import { makeLogger, requestLog } from '../http/pipeline/request-log.ts';
import { requestMetrics } from '../http/pipeline/request-metrics.ts';
import { requestSpans } from '../http/pipeline/request-spans.ts';
import { isTracing } from '../tracing/spans.ts';
import { securityHeaders } from '../http/pipeline/security-headers.ts';
import { ServiceLogger } from './service-logger.ts';
import { OperatorGuard } from '../operator-access/operator.guard.ts';
import { SessionGuard } from '../workspaces/session.guard.ts';
import { ApiTokenGuard } from '../tokens/api-token.guard.ts';

export interface Application {
  nest: NestExpressApplication;
  drain: ConnectionDrain;
}

/**
 * Makes the application as it runs everywhere, in tests too. It does not listen yet.
 *
 * @throws whatever keeps a module from starting, e.g. a database that went away
 */
export async function createApplication(options: AppModuleOptions): Promise<Application> {
  const nest = await NestFactory.create<NestExpressApplication>(
    AppModule.with(options),
    new AnswerAdapter(options.config),
    {
      bodyParser: false,
      bufferLogs: true,
      abortOnError: false,
    },
  );
  const log = makeLogger(options.config.logLevel);
  nest.useLogger(new ServiceLogger(log));
  // Express hashes every body for an ETag of its own; ours are versions, and SCIM sets them itself.
  nest.set('etag', false);
  nest.set('query parser', 'simple');
  nest.set('trust proxy', options.config.trustedProxies);
  nest.disable('x-powered-by');
  const drain = new ConnectionDrain();
  const provisioningLog = nest.get(ProvisioningLogMiddleware);
  nest.use(
    asOneLayer(
      drain.middleware,
      noteRequest,
      requestLog(log),
      requestMetrics(nest.get(Metrics)),
      readRequestUrl(options.config.publicPath),
      // Whether there are spans is known before the first request.
      ...(isTracing() ? [requestSpans] : []),
      requestLane,
      securityHeaders(options.config.publicUrl),
      compressAnswers(),
      (request: KnownRequest, response, next) => {
        if (request.door === 'scim') provisioningLog.use(request, response, next);
        else next();
      },
      admission(
        {
          scim: nest.get(ApiTokenGuard),
          api: nest.get(SessionGuard),
          operator: nest.get(OperatorGuard),
          metrics: nest.get(MetricsGuard),
        },
        nest.get(RequestLimits),
      ),
      bodyParser(new BodyBudget(), bodyPolicyOf),
      fairTurns(),
    ),
  );
  nest.useGlobalFilters(nest.get(ErrorFilter));
  serveOpenApi(nest);
  return { nest, drain };
}
