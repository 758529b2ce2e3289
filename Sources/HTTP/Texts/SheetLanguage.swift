import Services

extension Language {
  /// The language of a sheet's headings and words.
  package var sheet: SheetLanguage { self == .zh ? .zh : .en }
}
