import { defineConfig } from "vite";

// Fixed file names: the bundle is committed, and CI compares a rebuilt one with it byte by byte.
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../pipeline/pobratim/review/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: ["index.html", "login.html", "token.html"],
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
