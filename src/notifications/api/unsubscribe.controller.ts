import { randomBytes } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '../../config/config.ts';
import type { Language } from '../../errors/sentence.ts';
import { languageOf } from '../../http/request/language.ts';
import { unsubscribePage } from './unsubscribe-page.ts';
import { UnsubscribeService } from './unsubscribe.service.ts';

const nonceLengthBytes = 16;

/** Where the link of a mail leads, without a sign-in: the link itself is what lets in. */
@Controller('settings/unsubscribe/:token')
@ApiExcludeController()
export class UnsubscribeController {
  constructor(
    private readonly unsubscribing: UnsubscribeService,
    private readonly config: Config,
  ) {}

  /** Asks. A link of nobody looks like one that was used: it says nothing about who gets mail. */
  @Get()
  async ask(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.unsubscribing.find(token);
    this.answer(response, found === null ? 'done' : 'ask', found?.language ?? languageOf(request));
  }

  /** Ends the mail: by the button of the page, or by that of a mail program (RFC 8058), whose body says nothing more. */
  @Post()
  @HttpCode(200)
  async end(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const language = (await this.unsubscribing.find(token))?.language ?? languageOf(request);
    await this.unsubscribing.end(token);
    this.answer(response, 'done', language);
  }

  private answer(response: Response, state: 'ask' | 'done', language: Language): void {
    const styleNonce = randomBytes(nonceLengthBytes).toString('base64');
    const policy = `default-src 'none'; style-src 'nonce-${styleNonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Cache-Control', 'no-store');
    const facts = { language, product: this.config.productName, styleNonce };
    response.type('html').send(unsubscribePage(state, facts));
  }
}
