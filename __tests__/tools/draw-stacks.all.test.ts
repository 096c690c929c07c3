import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { IMAGES } from '../../tools/draw-stacks';
import { useChromium } from '../support/chromium';

const images = readdirSync(IMAGES).filter((name) => name.endsWith('.svg'));

describe('the diagrams in docs/images, in a browser', () => {
  const chromium = useChromium();
  let page: Page;
  beforeAll(async () => {
    ({ page } = await chromium.visit('about:blank'));
  });

  it.each(images)('%s is an image', async (name) => {
    await page.goto(pathToFileURL(path.join(IMAGES, name)).href);
    // Anything that is no well-formed XML is shown as an error instead.
    expect(await page.evaluate('document.documentElement.localName')).toBe('svg');
    expect(await page.evaluate('document.querySelector("parsererror")')).toBeNull();
    const text = 'document.querySelector(".title")';
    const scheme = async (colorScheme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme });
      return page.evaluate(`getComputedStyle(${text}).fill`);
    };
    expect([await scheme('light'), await scheme('dark')]).toEqual(['rgb(22, 32, 47)', 'rgb(230, 235, 244)']);
  });
});
