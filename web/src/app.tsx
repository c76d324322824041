// app - what is loaded first.  Everything here can be imported by pages, which are bundled
// apart and find it in this file: names are unique over all of these modules.
export * from 'preact';
export { jsx, jsxs } from 'preact/jsx-runtime';
export * from 'preact/hooks';
export { batch, computed, effect, signal, untracked, Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
export * from './core/api';
export * from './core/copy';
export * from './core/drafts';
export * from './core/env';
export * from './core/format';
export * from './core/i18n';
export * from './core/keys';
export * from './core/pages';
export * from './core/paper';
export * from './core/records';
export * from './core/refused';
export * from './core/router';
export * from './core/schema';
export * from './core/store';
export * from './ui/basics';
export * from './ui/copy-link';
export * from './ui/dialog';
export * from './ui/form';
export * from './ui/icons';
export * from './ui/list';
export * from './ui/menu';
export * from './ui/nav';
export * from './ui/palette';
export * from './ui/people';
export * from './ui/practice';
export * from './ui/shell';
export * from './ui/titles';
export * from './ui/toast';
export * from './ui/view';
import { open } from './ui/main';

void open();
