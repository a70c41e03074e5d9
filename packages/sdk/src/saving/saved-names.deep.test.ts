// The same statements about many more names.
import "./saved-names.test.ts";
