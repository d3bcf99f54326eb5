// The package ships this file without types; class-validator-jsonschema asks for what it exports.
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: object;
}
