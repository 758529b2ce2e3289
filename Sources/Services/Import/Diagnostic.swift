/// Something to be said about a place in an imported file. Text comes from the catalogue, under
/// `import.<code>`, what to do about it under `import.advice.<code>`.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable, CaseIterable {
    /// The row is refused.
    case error
    /// The row is taken; a person should look.
    case warning
    /// Told so that nothing happens silently.
    case note
  }

  package enum Code: String, Sendable, CaseIterable {
    // The file as a whole
    case fileUnreadable = "file_unreadable"
    case fileEmpty = "file_empty"
    case unknownSheet = "unknown_sheet"
    case notATable = "not_a_table"
    case legacyWorkbook = "legacy_workbook"
    case encryptedWorkbook = "encrypted_workbook"
    case macroWorkbook = "macro_workbook"
    case tooManyRows = "too_many_rows"
    case tooLarge = "too_large"
    case zipBomb = "zip_bomb"
    case fileDamaged = "file_damaged"
    case unknownEncoding = "unknown_encoding"
    case openQuote = "open_quote"
    case controlCharacter = "control_character"
    // Headings
    case missingColumn = "missing_column"
    case unknownColumn = "unknown_column"
    case repeatedColumn = "repeated_column"
    // Any cell
    case missingValue = "missing_value"
    case valueTooLong = "value_too_long"
    case extraCells = "extra_cells"
    case errorValue = "error_value"
    case formulaTaken = "formula_taken"
    case filledDown = "filled_down"
    case totalSkipped = "total_skipped"
    case headingSkipped = "heading_skipped"
    case remarkSkipped = "remark_skipped"
    case duplicateInFile = "duplicate_in_file"
    case digitsLost = "digits_lost"
    case badNumber = "bad_number"
    case badDay = "bad_day"
    case dayWithoutYear = "day_without_year"
    case futureDay = "future_day"
    case endsBeforeBeginning = "ends_before_beginning"
    case badPhone = "bad_phone"
    case maskedValue = "masked_value"
    case personalInText = "personal_in_text"
    case unknownWord = "unknown_word"
    case outsideScope = "outside_scope"
    // Units
    case badName = "bad_name"
    case badCode = "bad_code"
    case codeTaken = "code_taken"
    case otherCity = "other_city"
    case unknownParent = "unknown_parent"
    case ambiguousParent = "ambiguous_parent"
    case cycle
    case closesBeforeChild = "closes_before_child"
    case siblingName = "sibling_name"
    case provinceSkipped = "province_skipped"
    case placeholderSkipped = "placeholder_skipped"
    case renamed
    case kindDiffers = "kind_differs"
    case codeDiffers = "code_differs"
    case wrongLevel = "wrong_level"
    case beforeParent = "before_parent"
    case newUnit = "new_unit"
    case unknownKind = "unknown_kind"
    case unknownUnit = "unknown_unit"
    case ambiguousUnit = "ambiguous_unit"
    // Reorganisations
    case undecided
    case nameDiffers = "name_differs"
    case decidedAgainst = "decided_against"
    case refusedChange = "refused_change"
    // Officials
    case badResidentID = "bad_resident_id"
    case noIdentity = "no_identity"
    case bothTracks = "both_tracks"
    case unknownTrack = "unknown_track"
    // Problems
    case resultWithoutDay = "result_without_day"
    case unitWithoutDay = "unit_without_day"
    // Enterprises
    case creditCodeForm = "credit_code_form"
    case creditCodeCheck = "credit_code_check"
    case creditCodeOverridden = "credit_code_overridden"
    case unknownIndustry = "unknown_industry"
    case nearDuplicate = "near_duplicate"
    case moreNearDuplicates = "more_near_duplicates"
  }

  /// The sheet's row from 1; 0 for the file as a whole.
  package let row: Int
  /// The column's heading, or nil for the whole row.
  package let column: String?
  /// The column's place from 0, where there is one.
  package let place: Int?
  package let code: Code
  package let severity: Severity
  /// The value that is meant.
  package let value: String

  package init(
    row: Int, column: String? = nil, place: Int? = nil, _ code: Code,
    _ severity: Severity = .error, value: String = ""
  ) {
    self.row = row
    self.column = column
    self.place = place
    self.code = code
    self.severity = severity
    self.value = value
  }
}
