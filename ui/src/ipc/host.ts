import { Channel, invoke } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { Host } from './commands';
import type { Progress } from './generated';

/** The application itself. */
export const tauriHost: Host = {
  call: (name, args) => invoke(name, args),
  run: (name, args, onProgress) => {
    const progress = new Channel<Progress>();
    progress.onmessage = onProgress;
    return invoke(name, { ...args, progress });
  },
  previewBytes: (fileName, side, bytes) =>
    invoke('preview_import', bytes, {
      headers: { 'x-file-name': encodeURIComponent(fileName), 'x-side': side ?? '' },
    }),
  attachBytes: (ids, fileName, bytes) =>
    invoke('attach_bytes', bytes, {
      headers: { 'x-file-name': encodeURIComponent(fileName), 'x-ids': ids.join(',') },
    }),
  zoom: (factor) => getCurrentWebview().setZoom(factor),
  holdClosing: (asked) => {
    const stopping = getCurrentWindow().onCloseRequested((event) => {
      event.preventDefault();
      asked();
    });
    return () => void stopping.then((stop) => stop());
  },
  closeWindow: () => getCurrentWindow().destroy(),
};
