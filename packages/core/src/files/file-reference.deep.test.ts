// The same statements about many more names.
import "./file-reference.test.ts";
