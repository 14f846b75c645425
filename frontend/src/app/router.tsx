/** Every page and its address. Pages come in when they are first looked at. */
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Crash } from './crash.tsx';
import { Frame } from './frame/frame.tsx';
import { Outer, Personal } from './gates.tsx';
import { words } from './words.ts';

const framed: RouteObject[] = [
  { path: 'gallery', handle: { title: words.gallery }, lazy: () => import('./pages/gallery.tsx') },
  { path: 'trash', handle: { title: words.trash }, lazy: () => import('./pages/trash.tsx') },
  { path: 'upload', handle: { title: words.upload }, lazy: () => import('./pages/upload.tsx') },
  { path: 'albums', handle: { title: words.albums }, lazy: () => import('./pages/albums.tsx') },
  { path: 'albums/:id', handle: { title: words.album }, lazy: () => import('./pages/album.tsx') },
  { path: 'profile', handle: { title: words.profile }, lazy: () => import('./pages/profile.tsx') },
  { path: 'admin', handle: { title: words.admin }, lazy: () => import('./pages/admin.tsx') },
];

const whole: RouteObject[] = [
  { path: 'images/:id', handle: { title: words.image }, lazy: () => import('./pages/image.tsx') },
  { path: 'images/:id/edit', handle: { title: words.edit }, lazy: () => import('./pages/edit.tsx') },
];

const open: RouteObject[] = [
  { index: true, lazy: () => import('./pages/home.tsx') },
  { path: 'sign-in', handle: { title: words.signIn }, lazy: () => import('./pages/sign-in.tsx') },
  { path: 'sign-up', handle: { title: words.signUp }, lazy: () => import('./pages/sign-up.tsx') },
  { path: 's/:token', handle: { title: words.shared }, lazy: () => import('./pages/shared.tsx') },
];

export const router = createBrowserRouter([
  {
    Component: Outer,
    ErrorBoundary: Crash,
    HydrateFallback: () => null,
    children: [
      ...open.map((route) => ({ ...route, ErrorBoundary: Crash })),
      {
        Component: Personal,
        children: [
          { Component: Frame, children: framed.map((route) => ({ ...route, ErrorBoundary: Crash })) },
          ...whole.map((route) => ({ ...route, ErrorBoundary: Crash })),
        ],
      },
      { path: '*', handle: { title: words.notFound.title }, lazy: () => import('./pages/not-found.tsx') },
    ],
  },
]);
